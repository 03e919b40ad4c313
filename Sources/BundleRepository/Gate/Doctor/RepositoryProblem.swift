/// Something that a repository of bundles lacks, or has and should not.
public struct RepositoryProblem: Hashable, Sendable {
    /// A stable name of the kind of problem, e.g. `setting` or `hook-missing`.
    public let kind: String
    /// What it is about: a setting, a hook, a reference, a file of the repository.
    public let subject: String
    /// What is wrong.
    public let message: String
    /// What to do about it.
    public let advice: String
    /// Whether `sheaf doctor --fix` does that.
    public let isFixable: Bool

    init(
        _ kind: String, _ subject: String, _ message: String, advice: String,
        isFixable: Bool = false
    ) {
        self.kind = kind
        self.subject = subject
        self.message = message
        self.advice = advice
        self.isFixable = isFixable
    }
}
