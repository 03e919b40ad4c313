internal import BundleModel
internal import Foundation
internal import LibGit2

/// The `git` program on behalf of a user, towards one repository at another place.
///
/// A runtime fetches over transports of its own, as its host policy says. A user has told Git how a
/// repository is reached and where its credentials are (`credential.helper`, `GIT_ASKPASS`,
/// `http.*`, `url.*.insteadOf`, `core.sshCommand`, an agent), and to push there is no other way. So
/// Git fetches here as well: a repository that can be pushed to can then be read, with one set-up.
struct RemoteGit: Sendable {
    let location: RepositoryLocation
    /// A bare repository of ours, in which `git` runs.
    let directory: String
    /// How long one transfer may take.
    let timeout: Duration
    /// How many bytes one transfer may bring.
    let maximumBytes: Int
    /// How much memory `git` may take for what the other side sends: it keeps a list of references,
    /// however long, and holds objects below `core.bigFileThreshold` as a whole.
    var memory = 1 << 30

    /// The references below `refs/heads/`, by their full names; for this the copy is not needed.
    ///
    /// Throws `remote_unavailable`, `remote_unauthorized`, `deadline_exceeded`, `limit_exceeded` when
    /// the list is too long, `cancelled`.
    func branches() async throws(SheafError) -> [String: ObjectID] {
        let output = try await run(
            Self.patience + ["ls-remote", "--quiet", "--heads", url], in: "/", isBounded: true)
        guard output.status == 0 else { throw complaint(output, isBounded: true) }
        var branches: [String: ObjectID] = [:]
        for line in output.standardOutput.split(separator: 0x0A) {
            let parts = String(decoding: line, as: UTF8.self).split(separator: "\t", maxSplits: 1)
            guard parts.count == 2, let target = ObjectID(hex: String(parts[0])),
                Repository.isValidName(String(parts[1]))
            else { throw SheafError(.remoteUnavailable, "the repository lists no branches of Git") }
            branches[String(parts[1])] = target
        }
        return branches
    }

    /// Fetches branches under their own names, wherever those stand here.
    ///
    /// Throws `conflict` when one is gone meanwhile, `limit_exceeded` when more comes than is taken,
    /// and as ``branches()``. What a transfer that failed leaves is for the caller to remove.
    func fetch(_ names: some Sequence<String>) async throws(SheafError) {
        let refspecs = names.sorted().map { "+\($0):\($0)\n" }.joined()
        let output = try await run(
            Self.patience + [
                "fetch", "--quiet", "--no-tags", "--no-write-fetch-head",
                "--no-recurse-submodules", "--stdin", url,
            ], in: directory, input: Array(refspecs.utf8), isBounded: true)
        guard output.status == 0 else { throw complaint(output, isBounded: true) }
    }

    /// Pushes, and leaves it to the caller what the answer means.
    func push(_ moves: [BranchMove]) async throws(SheafError) -> GitProgram.Output {
        // git-push(1): the expected value makes it a compare-and-swap; an empty one means none.
        let leases = moves.map { "--force-with-lease=\($0.name):\($0.old?.hex ?? "")" }
        let refspecs = moves.map { "\($0.new.hex):\($0.name)" }
        return try await run(
            [
                "push", "--atomic", "--porcelain", "--no-verify", "--no-follow-tags",
                "--recurse-submodules=no",
            ] + leases + [url] + refspecs, in: directory)
    }

    /// What a run that failed means.
    ///
    /// - Parameter isBounded: whether what it may take of memory and disk is bounded.
    func complaint(_ output: GitProgram.Output, isBounded: Bool = false) -> SheafError {
        RemoteComplaint(output.standardError, isBounded: isBounded).error
    }

    /// The address as `git` takes it: a scheme is in lower case to it.
    private var url: String {
        guard let mark = location.text.firstRange(of: "://") else { return location.text }
        return location.scheme.rawValue + location.text[mark.lowerBound...]
    }

    /// An upload-pack that has nothing to say shows that it lives; a server whose gate reads a push
    /// may be silent for longer.
    private static let patience = ["-c", "http.lowSpeedLimit=1", "-c", "http.lowSpeedTime=60"]

    private static let settings = [
        // An address is what a credential is bound to.
        "http.followRedirects=false",
        // Hooks of the user's working copies have no business here.
        "core.hooksPath=/dev/null",
        // What comes stays the pack that Git checked.
        "fetch.unpackLimit=1",
        // More than a file of a bundle may have is not held in memory.
        "core.bigFileThreshold=16m", "pack.threads=4",
        // Nothing goes on when this is done.
        "gc.autoDetach=false", "maintenance.autoDetach=false",
    ].flatMap { ["-c", $0] }

    private func run(
        _ arguments: [String], in directory: String, input: [UInt8] = [], isBounded: Bool = false
    ) async throws(SheafError) -> GitProgram.Output {
        do throws(SheafError) {
            return try await GitProgram(deadline: timeout).run(
                Self.settings + arguments, in: directory, environment: Self.silence, input: input,
                isAlone: true, memory: isBounded ? memory : nil,
                fileBytes: isBounded ? maximumBytes : nil)
        } catch  where error.code == .deadlineExceeded {
            throw SheafError(
                .deadlineExceeded, "the repository did not answer in the time allowed",
                hint: "'--timeout' allows more")
        }
    }

    /// Nobody is asked at the terminal: what answers are Git's helpers and the user's own program
    /// for questions. ssh(1) would ask at the terminal whatever Git says, unless a program must be
    /// asked.
    private static var silence: [String: String] {
        let own = ProcessInfo.processInfo.environment
        return [
            "GIT_TERMINAL_PROMPT": "0", "GIT_MERGE_AUTOEDIT": "no",
            "SSH_ASKPASS": own["SSH_ASKPASS"] ?? "false", "SSH_ASKPASS_REQUIRE": "force",
        ]
    }
}
