internal import ArgumentParser
internal import BundleModel
internal import BundleRepository

/// `sheaf hook proc-receive`: the guard of the push gate.
///
/// Git runs a push without a pre-receive hook that is missing or not executable, and says no word.
/// A proc-receive hook that `receive.procReceiveRefs` asks for is another matter: without it, no
/// reference moves. So this one asks the gate again, which remembers what it found in order, and
/// hands what was taken back to Git (`option fall-through`).
///
/// Source: githooks(5), proc-receive.
struct ProcReceiveCommand: Verb {
    static let configuration = CommandConfiguration(
        commandName: "proc-receive",
        abstract: "Let Git move what the push gate took.",
        discussion: """
            Git runs this for every push to a repository whose receive.procReceiveRefs asks for \
            it, and refuses the push when it is not there or not executable. It judges the push \
            once more, quickly where 'pre-receive' did so before, and refuses a release whose \
            revision comes in the same push unless that push is atomic.

            EXAMPLES
              sheaf hook proc-receive

            JSON
              none: what it reads and writes is Git's own protocol
            """)

    @OptionGroup var deadline: HookDeadline
    @OptionGroup var output: OutputOptions

    func perform(_ console: Console) async throws(SheafError) -> Answer {
        deadline.start()
        let packets = PacketLines()
        let features = try Self.features(packets.readUntilFlush(atMost: 1))
        try packets.write(["version=1"])
        let updates = try packets.readUntilFlush(atMost: 10_000).map {
            (line) throws(SheafError) -> RefUpdate in
            guard let update = RefUpdate(line: String(decoding: line, as: UTF8.self)) else {
                throw SheafError(.invalidRequest, "this is not what Git tells a hook")
            }
            return update
        }
        let verdict = try await PushGateInput.repository(inQuarantine: false).judge(updates)
        let isAtomic = features.contains("atomic")
        try packets.write(updates.flatMap { Self.answer($0, verdict, isAtomic: isAtomic) })
        return .yes
    }

    private static func features(_ lines: [[UInt8]]) throws(SheafError) -> [Substring] {
        let parts = (lines.first ?? []).split(separator: 0, maxSplits: 1)
        guard let version = parts.first, version.elementsEqual("version=1".utf8) else {
            throw SheafError(.invalidRequest, "Git speaks another version of this protocol")
        }
        return String(decoding: parts.dropFirst().first ?? [], as: UTF8.self).split(separator: " ")
    }

    private static func answer(
        _ update: RefUpdate, _ verdict: PushVerdict, isAtomic: Bool
    ) -> [String] {
        let own = verdict.refusals.first { $0.reference == update.name }
        if let refusal = own ?? verdict.refusals.first {
            return ["ng \(update.name) \(RefusalText.line(refusal))"]
        }
        if !isAtomic, verdict.dependingOnThePush.contains(update.name) {
            let reason =
                "conflict: the revision comes with this push: push both with 'git push --atomic'"
            return ["ng \(update.name) \(reason)"]
        }
        return ["ok \(update.name)", "option fall-through"]
    }
}
