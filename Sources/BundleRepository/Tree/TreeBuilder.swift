internal import LibGit2

/// Builds the Git trees of a set of files, from the leaves up.
struct TreeBuilder {
    /// A tree that was built.
    struct BuiltTree {
        let id: ObjectID
        let content: [UInt8]
    }

    private final class Directory {
        var blobs: [(name: [UInt8], id: ObjectID)] = []
        var directories: [[UInt8]: Directory] = [:]
    }

    /// Every tree, each after those below it; the root is the last.
    private(set) var trees: [BuiltTree] = []

    init(_ files: some Sequence<(name: [UInt8], blob: ObjectID)>) {
        let root = Directory()
        for file in files {
            var directory = root
            let components = file.name.split(separator: 0x2F)
            for component in components.dropLast() {
                let name = Array(component)
                if let child = directory.directories[name] {
                    directory = child
                } else {
                    let child = Directory()
                    directory.directories[name] = child
                    directory = child
                }
            }
            if let name = components.last { directory.blobs.append((Array(name), file.blob)) }
        }
        build(root)
    }

    /// The id of the root tree.
    var root: ObjectID { trees.last?.id ?? ObjectID.hash(.tree, []) }

    @discardableResult
    private mutating func build(_ directory: Directory) -> ObjectID {
        var entries = directory.blobs.map { TreeEntry(mode: 0o100644, name: $0.name, id: $0.id) }
        for (name, child) in directory.directories {
            entries.append(TreeEntry(mode: 0o40000, name: name, id: build(child)))
        }
        let content = RawTree.encode(entries)
        let id = ObjectID.hash(.tree, content)
        trees.append(BuiltTree(id: id, content: content))
        return id
    }
}
