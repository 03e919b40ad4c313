public import BundleModel
internal import Foundation

/// Lets another process read a whole repository before this one opens it.
///
/// A library cannot take back a crash of its own process. What checks every object first is
/// `git fsck`, in a process that may hang or die: a server or an application runs it on a repository
/// that somebody else wrote, and opens what passed. A repository that is written to meanwhile by
/// somebody hostile can be damaged again after the probe.
///
/// ```swift
/// try await RepositoryProbe(deadline: .seconds(120)).examine(path)
/// let repository = try BundleRepository.open(at: path)
/// ```
public struct RepositoryProbe: Sendable {
    private let git: GitProgram

    /// Creates a probe.
    ///
    /// - Parameter deadline: how long it may take to read everything.
    public init(deadline: Duration = .seconds(300)) {
        git = GitProgram(deadline: deadline)
    }

    /// Reads all objects and references of a repository with `git fsck`, without the configuration
    /// of this host and without running anything that the repository names.
    ///
    /// - Throws: `not_found` when there is none, `store_corrupt` when something in it is damaged,
    ///   `deadline_exceeded`, `io_error` when git cannot be run.
    public func examine(_ path: String) async throws(SheafError) {
        let place = URL(filePath: path).path(percentEncoded: false)
        guard FileManager.default.fileExists(atPath: place) else {
            throw SheafError(
                .notFound, "there is no repository at '\(DisplayText.escape(path))'")
        }
        let directory = try await git.run(
            Self.arguments(["rev-parse", "--absolute-git-dir"], place), in: place,
            environment: Self.environment)
        guard directory.status == 0 else { throw Self.damaged(path) }
        let result = try await git.run(
            Self.arguments(["fsck", "--full", "--no-dangling", "--no-progress"], place), in: place,
            environment: Self.environment, memory: Self.memory)
        guard result.status == 0 else { throw Self.damaged(path) }
    }

    /// Of a pack whose deltas are made of each other `git fsck` (2.39) takes memory until there is no
    /// more: 21 GB were seen. What one of our own repositories needs is a small part of this.
    private static let memory = 2 << 30

    /// git-config(1): what the command line sets counts more than what the repository sets.
    private static func arguments(_ command: [String], _ path: String) -> [String] {
        [
            "-c", "safe.directory=\(path)", "-c", "core.fsmonitor=false",
            "-c", "core.hooksPath=/dev/null",
            "-c", "fsck.skipList=/dev/null",
        ] + command
    }

    private static let environment = [
        "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_NO_LAZY_FETCH": "1",
    ]

    private static func damaged(_ path: String) -> SheafError {
        SheafError(
            .storeCorrupt, "the repository at '\(DisplayText.escape(path))' is damaged",
            hint: "'git fsck' in the repository says what is damaged")
    }
}
