internal import BundleModel
internal import LibGit2

/// The files of a tree, read from its raw entries: libgit2 itself would accept `..`, absolute
/// names, duplicates and unsorted entries.
struct TreeListing {
    private(set) var files: [TreeFile] = []
    private(set) var findings: [Finding] = []
    private var total = 0
    private let limits: ContentLimits

    private static let fileMode: UInt32 = 0o100644

    /// Reads a tree and everything below it.
    ///
    /// Throws `store_corrupt` when an object is missing or not what its entry says. Whatever else
    /// is wrong is a finding. Sizes are read from object headers; no file is inflated.
    init(
        _ repository: borrowing Repository, tree: ObjectID, limits: ContentLimits
    ) throws(SheafError) {
        self.limits = limits
        try list(repository, tree, below: [], depth: 1)
        files.sort { $0.name.lexicographicallyPrecedes($1.name) }
    }

    private mutating func list(
        _ repository: borrowing Repository, _ tree: ObjectID, below parent: [UInt8], depth: Int
    ) throws(SheafError) {
        let entries = try Self.object(tree, at: parent) { () throws(GitError) in
            try repository.tree(tree)
        }
        if entries.isEmpty {
            report("empty-tree", parent, "this directory has no files", "leave it out")
        }
        checkOrder(entries, below: parent)
        for entry in entries {
            guard files.count <= limits.files else { return }
            let path = parent.isEmpty ? entry.name : parent + [0x2F] + entry.name
            if entry.isTree {
                guard depth <= limits.pathDepth else {
                    report("path-too-deep", path, "this is too deep", "use fewer levels")
                    continue
                }
                try list(repository, entry.id, below: path, depth: depth + 1)
            } else if entry.mode == Self.fileMode, entry.modeText == "100644" {
                let header = try Self.object(entry.id, at: path) { () throws(GitError) in
                    try repository.objectHeader(entry.id)
                }
                guard header.kind == .blob else {
                    throw SheafError(
                        .storeCorrupt, "'\(Self.show(path))' is not a file in the object database")
                }
                files.append(TreeFile(name: path, blob: entry.id, size: header.size))
            } else {
                refuse(entry, at: path)
            }
        }
    }

    private mutating func checkOrder(_ entries: [TreeEntry], below parent: [UInt8]) {
        var names = Set<[UInt8]>()
        var previous: [UInt8]?
        for entry in entries {
            if !names.insert(entry.name).inserted {
                report(
                    "tree-duplicate", parent, "the tree has two entries of one name",
                    "write the tree with Git")
            }
            let key = entry.isTree ? entry.name + [0x2F] : entry.name
            if let previous, !previous.lexicographicallyPrecedes(key), previous != key {
                report(
                    "tree-order", parent, "the tree's entries are not in Git's order",
                    "write the tree with Git")
            }
            previous = key
        }
    }

    private mutating func refuse(_ entry: TreeEntry, at path: [UInt8]) {
        switch entry.mode {
        case 0o120000:
            report("symbolic-link", path, "this is a symbolic link", "put the file itself there")
        case 0o160000:
            report("submodule", path, "this is a submodule", "a bundle holds files only")
        default:
            report(
                "tree-mode", path, "this has the mode \(entry.modeText)",
                "only regular files of mode 100644 are part of a bundle")
        }
    }

    private mutating func report(
        _ rule: String, _ path: [UInt8], _ message: String, _ hint: String
    ) {
        findings.append(
            Finding(
                code: .malformedBundle, rule: rule,
                path: path.isEmpty ? "." : String(decoding: path, as: UTF8.self), message: message,
                hint: hint))
    }

    private static func object<Value>(
        _ id: ObjectID, at path: [UInt8], _ read: () throws(GitError) -> Value
    ) throws(SheafError) -> Value {
        do {
            return try read()
        } catch {
            let place = path.isEmpty ? "the root" : "'\(show(path))'"
            throw SheafError(
                .storeCorrupt, "the object of \(place) cannot be read: \(error.message)",
                details: ["object": id.hex])
        }
    }

    private static func show(_ path: [UInt8]) -> String {
        DisplayText.escape(String(decoding: path, as: UTF8.self))
    }
}
