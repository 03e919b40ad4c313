internal import BundleModel
internal import BundleRepository

/// The two hooks that stand before a repository.
enum ServerHook: String {
    case preReceive = "pre-receive"
    case procReceive = "proc-receive"

    /// Finds the hook in the arguments with which the installed script starts this program.
    ///
    /// A push waits for them, so they are not read by way of the tree of all commands.
    init?(arguments: [String]) {
        guard arguments.count == 2, arguments[0] == "hook" else { return nil }
        self.init(rawValue: arguments[1])
    }

    /// Begins what the hook will need, beside whatever is done next: the pusher waits, so the rules
    /// are read while Git's library starts and the push is read.
    func prepare() {
        if self == .preReceive { Task.detached { BoundaryScan.prepare() } }
    }

    /// Judges the push that Git runs the hook for, within a number of seconds; without one in the
    /// time that the repository's configuration gives.
    func run(deadline: Double?, _ console: Console) async throws(SheafError) -> Answer {
        // Opening the repository has to end as well.
        HookDeadline.start(seconds: deadline ?? HookDeadline.standard)
        let repository = try Self.repository(inQuarantine: self == .preReceive)
        if deadline == nil, let setting = try await repository.hookDeadline() {
            HookDeadline.start(seconds: try HookDeadline.seconds(setting))
        }
        return switch self {
        case .preReceive: try await Self.judge(repository, console)
        case .procReceive: try await Self.negotiate(repository)
        }
    }

    private static func judge(
        _ repository: BundleRepository, _ console: Console
    ) async throws(SheafError) -> Answer {
        try await repository.clearReceipt()
        let updates = try updates(console.readInput(atMost: 4 << 20))
        let verdict = try await repository.judge(updates)
        try await repository.leaveReceipt(for: updates, verdict)
        switch console.format {
        case .json: try console.write(JSONText.encode(PushVerdictView(verdict)))
        case .text: if !verdict.isAccepted { console.complain(RefusalText.text(verdict)) }
        }
        return verdict.isAccepted ? .yes : .no
    }

    private static func updates(_ input: String) throws(SheafError) -> [RefUpdate] {
        let lines = input.split(separator: "\n", omittingEmptySubsequences: true)
        let updates = lines.compactMap { RefUpdate(line: $0) }
        guard !updates.isEmpty, updates.count == lines.count else {
            throw SheafError(.invalidRequest, "this is not what Git tells a pre-receive hook")
        }
        return updates
    }

    /// The repository that Git runs the hook in, with the objects of the push.
    private static func repository(inQuarantine: Bool) throws(SheafError) -> BundleRepository {
        let environment = DefaultLocations()
        return try BundleRepository.receiving(
            at: environment.variable("GIT_DIR") ?? ".",
            quarantine: inQuarantine ? environment.variable("GIT_QUARANTINE_PATH") : nil)
    }

    /// Source: githooks(5), proc-receive.
    private static func negotiate(
        _ repository: BundleRepository
    ) async throws(SheafError) -> Answer {
        let packets = PacketLines()
        let features = try features(packets.readUntilFlush(atMost: 1))
        try packets.write(["version=1"])
        let updates = try packets.readUntilFlush(atMost: 10_000).map {
            (line) throws(SheafError) -> RefUpdate in
            guard let update = RefUpdate(line: String(decoding: line, as: UTF8.self)) else {
                throw SheafError(.invalidRequest, "this is not what Git tells a hook")
            }
            return update
        }
        let verdict = try await repository.judgeFinally(updates)
        let isAtomic = features.contains("atomic")
        try packets.write(updates.flatMap { answer($0, verdict, isAtomic: isAtomic) })
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
