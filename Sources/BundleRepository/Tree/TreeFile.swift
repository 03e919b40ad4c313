internal import BundleModel
internal import LibGit2

/// A file of a tree in the object database.
struct TreeFile: Hashable, Sendable {
    /// The path from the root of the tree.
    let path: BundlePath
    let blob: ObjectID
    /// The size in the object's header.
    let size: Int
}
