internal import BundleModel
internal import LibGit2

/// The repository at another place whose copy is worked with, held for as long as that goes on.
///
/// Nobody else works with the copy meanwhile: what is made in it is not the other side's yet.
final class Upstream: Sendable {
    private let git: RemoteGit
    private let lock: HostLock

    init(_ git: RemoteGit, holding lock: consuming HostLock) {
        self.git = git
        self.lock = lock
    }

    /// How long the answer to "was it taken?" may take after a push broke off.
    private static let afterthought = Duration.seconds(20)

    /// Moves all branches at the other side, or none.
    ///
    /// Throws `conflict` when one is not where it is expected, the code of the gate's first finding
    /// when one of ours refuses, `remote_unauthorized` for any other refusal, `remote_unavailable`,
    /// `deadline_exceeded`, `cancelled`.
    func push(_ moves: [BranchMove]) async throws(SheafError) {
        guard !moves.isEmpty else { return }
        let output: GitProgram.Output
        do throws(SheafError) {
            output = try await git.push(moves)
        } catch {
            try await settle(moves, error)
            return
        }
        if output.status == 0 { return }
        let answer = PushAnswer(output)
        if let refusal = answer.refusal { throw refusal }
        try await settle(moves, answer.isConflict ? nil : git.complaint(output))
    }

    /// Looks where the branches are after a push that was not plainly taken or refused: the answer
    /// may have been lost when the push was not.
    ///
    /// - Parameter failure: why the push broke off; nil for a lost compare-and-swap.
    private func settle(_ moves: [BranchMove], _ failure: SheafError?) async throws(SheafError) {
        if let failure, failure.code == .cancelled { throw failure }
        var now: [String: ObjectID]?
        do throws(SheafError) {
            now = try await RemoteGit(
                location: git.location, directory: git.directory,
                timeout: min(git.timeout, Self.afterthought), maximumBytes: git.maximumBytes
            ).branches()
        } catch {}
        guard let now else {
            throw failure.map(Self.uncertain)
                ?? SheafError(
                    .conflict, "a branch of the repository was moved meanwhile", hint: Self.advice)
        }
        if moves.allSatisfy({ now[$0.name] == $0.new }) { return }
        if let moved = moves.first(where: { now[$0.name] != $0.old }) {
            throw Self.conflict(moved, now[moved.name])
        }
        throw failure
            ?? SheafError(
                .conflict, "the repository was being written to by another program",
                hint: "try again")
    }

    private static let advice =
        "look at what was published meanwhile ('sheaf log', 'sheaf channel log') and try again"

    private static func conflict(_ move: BranchMove, _ actual: ObjectID?) -> SheafError {
        var name = move.name
        if let (bundle, kind) = ServedReference.branch(named: move.name) {
            name =
                switch kind {
                case .revisions: bundle.rawValue
                case .releases(let channel): "\(bundle)@\(channel)"
                }
        }
        func short(_ id: ObjectID?) -> String { id.map { String($0.hex.prefix(7)) } ?? "nothing" }
        return SheafError(
            .conflict, "'\(name)' is at \(short(actual)), expected \(short(move.old))",
            details: ["expected": move.old?.hex ?? "none", "actual": actual?.hex ?? "none"],
            hint: advice)
    }

    private static func uncertain(_ failure: SheafError) -> SheafError {
        SheafError(
            failure.code, failure.message, details: failure.details,
            hint: "whether the push was taken is not known: the same command again makes no second "
                + "revision")
    }
}
