internal import BundleModel
internal import LibGit2

/// The files of a tree, read from its raw entries: libgit2 itself would accept `..`, absolute
/// names, duplicates and unsorted entries.
struct TreeListing {
    private(set) var files: [TreeFile] = []
    private(set) var findings: [Finding] = []
    private let limits: ContentLimits

    private static let fileMode = "100644"
    private static let treeMode = "40000"
    /// Nobody reads more, and a tree of a few objects can unfold to any number of them.
    private static let maximumFindings = 1000

    /// Reads a tree and everything below it.
    ///
    /// Throws `store_corrupt` when an object is missing or not what its entry says, and
    /// `limit_exceeded` when there are too many files. Whatever else is wrong is a finding. Sizes
    /// are read from object headers; no file is inflated.
    init(
        _ repository: borrowing Repository, tree: ObjectID, limits: ContentLimits
    ) throws(SheafError) {
        self.limits = limits
        try list(repository, tree, below: [], depth: 1)
        files.sort { $0.name.lexicographicallyPrecedes($1.name) }
    }

    /// Throws the findings as one error, if there are any.
    func requireValid(_ subject: String) throws(SheafError) {
        if let error = SheafError(findings: findings, in: subject) { throw error }
    }

    private mutating func list(
        _ repository: borrowing Repository, _ tree: ObjectID, below parent: [UInt8], depth: Int
    ) throws(SheafError) {
        let entries = try read(repository, tree, at: parent)
        checkOrder(entries, below: parent)
        for entry in entries {
            // Each directory leads to a file or a finding, so this bounds the walk as well.
            guard findings.count < Self.maximumFindings else { return }
            let path = parent.isEmpty ? entry.name : parent + [0x2F] + entry.name
            if entry.name.contains(0x2F) {
                report("tree-name", path, "an entry of a tree has '/' in its name", Self.rewrite)
            } else if entry.modeText == Self.treeMode {
                guard depth < limits.pathDepth else {
                    report("path-too-deep", path, "this is too deep", "use fewer levels")
                    continue
                }
                try list(repository, entry.id, below: path, depth: depth + 1)
            } else if entry.modeText == Self.fileMode {
                try add(repository, entry, at: path)
            } else {
                refuse(entry, at: path)
            }
        }
    }

    /// The entries of a tree; none with a finding when it is empty or cannot be read as a tree.
    private mutating func read(
        _ repository: borrowing Repository, _ tree: ObjectID, at path: [UInt8]
    ) throws(SheafError) -> [TreeEntry] {
        let header = try Self.object(tree, at: path) { () throws(GitError) in
            try repository.objectHeader(tree)
        }
        // An entry is a mode, a name and an id; what is larger has too many of them.
        guard header.size <= limits.files * (limits.componentBytes + 28) else {
            throw SheafError(
                .limitExceeded, "\(Self.place(path)) has more than \(limits.files) entries",
                hint: "leave out what no profile refers to")
        }
        let object = try Self.object(tree, at: path) { () throws(GitError) in
            try repository.object(tree)
        }
        guard object.kind == .tree else {
            throw SheafError(
                .storeCorrupt, "\(Self.place(path)) is not a directory in the object database")
        }
        do throws(GitError) {
            let entries = try RawTree.parse(object.bytes)
            if entries.isEmpty {
                report("empty-tree", path, "this directory has no files", "leave it out")
            }
            return entries
        } catch {
            report(
                "tree-malformed", path, "the tree cannot be read: an entry is cut short or not one",
                Self.rewrite)
            return []
        }
    }

    private mutating func add(
        _ repository: borrowing Repository, _ entry: TreeEntry, at path: [UInt8]
    ) throws(SheafError) {
        let header = try Self.object(entry.id, at: path) { () throws(GitError) in
            try repository.objectHeader(entry.id)
        }
        guard header.kind == .blob else {
            throw SheafError(
                .storeCorrupt, "\(Self.place(path)) is not a file in the object database")
        }
        files.append(TreeFile(name: path, blob: entry.id, size: header.size))
        guard files.count <= limits.files else {
            let finding = Finding(
                code: .limitExceeded, rule: "too-many-files",
                message: "the bundle has more than \(limits.files) files",
                hint: "leave out what no profile refers to")
            throw SheafError(finding.code, finding.message, hint: finding.hint, findings: [finding])
        }
    }

    private mutating func checkOrder(_ entries: [TreeEntry], below parent: [UInt8]) {
        var names = Set<[UInt8]>()
        var previous: [UInt8]?
        for entry in entries {
            if !names.insert(entry.name).inserted {
                report(
                    "tree-duplicate", parent, "the tree has two entries of one name",
                    Self.rewrite)
            }
            let key = entry.isTree ? entry.name + [0x2F] : entry.name
            if let previous, !previous.lexicographicallyPrecedes(key), previous != key {
                report(
                    "tree-order", parent, "the tree's entries are not in Git's order",
                    Self.rewrite)
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
        guard findings.count < Self.maximumFindings else { return }
        findings.append(
            Finding(
                code: rule == "path-too-deep" ? .limitExceeded : .malformedBundle, rule: rule,
                path: path.isEmpty ? "." : String(decoding: path, as: UTF8.self), message: message,
                hint: hint))
    }

    private static func object<Value>(
        _ id: ObjectID, at path: [UInt8], _ read: () throws(GitError) -> Value
    ) throws(SheafError) -> Value {
        do {
            return try read()
        } catch {
            throw SheafError(
                .storeCorrupt, "the object of \(place(path)) is missing or damaged",
                details: ["object": id.hex])
        }
    }

    private static func place(_ path: [UInt8]) -> String {
        path.isEmpty
            ? "the root" : "'\(DisplayText.escape(String(decoding: path, as: UTF8.self)))'"
    }

    private static let rewrite = "write the tree with Git"
}
