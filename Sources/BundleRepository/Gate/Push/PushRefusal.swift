public import BundleModel

/// One reason for which a push is refused.
public struct PushRefusal: Hashable, Sendable {
    /// The reference that would have moved; nil when it is the push as a whole.
    public let reference: String?
    /// The commit that is not in order; nil when it is the move of the reference itself.
    public let commit: CommitID?
    /// What is wrong, with every finding.
    public let error: SheafError

    /// Creates a refusal.
    public init(reference: String?, commit: CommitID?, error: SheafError) {
        self.reference = reference
        self.commit = commit
        self.error = error
    }
}

/// What the push gate says to a push: it takes all of it or nothing.
public struct PushVerdict: Hashable, Sendable {
    /// Every reason against it, by reference as they were pushed, then by commit, oldest first.
    public let refusals: [PushRefusal]
    /// Releases that hold only together with a revision of the same push, by their references.
    public let dependingOnThePush: [String]

    /// Whether the push is taken.
    public var isAccepted: Bool { refusals.isEmpty }
}
