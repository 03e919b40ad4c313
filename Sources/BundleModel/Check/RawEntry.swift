/// One thing below the root of a bundle as it is stored, with nothing judged or put right.
///
/// A directory and a Git tree are both listed as these, so that one check judges both.
package struct RawEntry: Hashable, Sendable {
    /// What is there.
    package enum Kind: Hashable, Sendable {
        /// A regular file; in a tree one of mode 100644.
        case file
        /// A directory whose entries are listed as well.
        case directory
        /// A tree without any entry.
        case emptyTree
        /// A directory that was not looked into, because no path may be as long as those in it.
        case closedDirectory
        /// A symbolic link.
        case symbolicLink
        /// A commit of another repository, or a directory that is a repository of its own.
        case submodule
        /// A socket, pipe or device.
        case special
        /// A tree's entry of any other mode, with its digits as they are stored.
        case mode(String)
        /// A tree whose bytes are no entries.
        case unreadableTree
        /// An entry whose object is of another kind than its mode says.
        case wrongObject
    }

    /// The path from the root, as stored; empty for the root itself.
    package let path: [UInt8]
    /// What is there.
    package let kind: Kind
    /// The size of a file in bytes, from its header or inode.
    package let size: Int
    private let nameStart: Int

    /// An entry of a directory; a name from a tree can have anything in it, slashes too.
    package init(directory: [UInt8], name: [UInt8], kind: Kind, size: Int = 0) {
        path = directory.isEmpty ? name : directory + [0x2F] + name
        nameStart = directory.isEmpty ? 0 : directory.count + 1
        self.kind = kind
        self.size = size
    }

    /// An entry of which only the whole path is known.
    package init(path: [UInt8], kind: Kind = .file, size: Int = 0) {
        self.path = path
        nameStart = path.lastIndex(of: 0x2F).map { $0 + 1 } ?? 0
        self.kind = kind
        self.size = size
    }

    /// The last component, as stored.
    package var name: ArraySlice<UInt8> { path[nameStart...] }

    /// The path of the directory that the entry is in; empty for the root.
    package var directory: ArraySlice<UInt8> { path[..<max(0, nameStart - 1)] }

    /// Whether Git orders the name as that of a directory, as if it ended in a slash.
    var isOrderedAsDirectory: Bool {
        switch kind {
        case .directory, .emptyTree, .closedDirectory, .unreadableTree: true
        case .mode(let digits): UInt64(digits, radix: 8).map { $0 & 0o170000 == 0o40000 } ?? false
        default: false
        }
    }
}
