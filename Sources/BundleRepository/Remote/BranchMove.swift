internal import LibGit2

/// A branch that is to move at another place: from what is expected there to what was made here.
struct BranchMove: Hashable, Sendable {
    /// The full name.
    let name: String
    /// What it must be at; nil when it must not be there.
    let old: ObjectID?
    let new: ObjectID
}
