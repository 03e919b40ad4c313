public import BundleModel
internal import LibGit2

/// Ends this process with a report when a damaged repository makes a read loop or crash.
///
/// For programs that read one repository and end, such as the command line: what a server or an
/// application does beside it would be lost. Those examine a repository with ``RepositoryProbe``
/// before they open it.
public enum ReadGuard {
    /// How long one read of one object may take unless another time is given.
    public static let standardDeadline = Duration.seconds(30)

    /// The error that is reported: `store_corrupt`.
    public static let error = SheafError(
        .storeCorrupt, constant: "the repository is damaged: reading it does not come to an end",
        hint: "'git fsck' in the repository says what is damaged; restore it from another copy")

    /// Starts the guard, once in a process.
    ///
    /// - Parameters:
    ///   - deadline: how long one read of one object may take, at least a millisecond.
    ///   - report: what is written to standard error, made from ``error``.
    ///   - status: the exit status.
    /// - Returns: false when the guard was started before or cannot be started.
    @discardableResult
    public static func start(
        deadline: Duration = standardDeadline, report: String, status: Int32
    ) -> Bool {
        ReadWatch.start(deadline: deadline, report: Array(report.utf8), status: status)
    }
}
