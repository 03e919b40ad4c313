internal import CLibgit2Shims
internal import Clibgit2

/// The four kinds of object that Git stores.
package enum ObjectKind: Sendable {
    case commit, tree, blob, tag
}

extension ObjectKind {
    /// The word in an object's header.
    package var name: String {
        switch self {
        case .commit: "commit"
        case .tree: "tree"
        case .blob: "blob"
        case .tag: "tag"
        }
    }

    init(_ type: git_object_t) throws(GitError) {
        switch type {
        case GIT_OBJECT_COMMIT: self = .commit
        case GIT_OBJECT_TREE: self = .tree
        case GIT_OBJECT_BLOB: self = .blob
        case GIT_OBJECT_TAG: self = .tag
        default: throw GitError(code: .corrupt, message: "object of unknown type \(type.rawValue)")
        }
    }

    /// The type in the header of a pack entry (gitformat-pack).
    var packType: UInt8 {
        switch self {
        case .commit: 1
        case .tree: 2
        case .blob: 3
        case .tag: 4
        }
    }
}
