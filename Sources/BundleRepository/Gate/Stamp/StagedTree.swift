internal import BundleModel
internal import LibGit2

/// One staged bundle, checked by the one validator.
struct StagedTree {
    private let entries: [StagedBundles.Entry]
    private let root: [UInt8]
    private let limits: ContentLimits
    private var findings: [Finding] = []

    /// - Parameter isBranch: whether the commit itself becomes the revision. Then its tree is what
    ///   counts; elsewhere publishing leaves out what Git's own files are, and the execute bit.
    init(
        entries: [StagedBundles.Entry], root: [UInt8], isBranch: Bool, limits: ContentLimits
    ) {
        self.root = root
        self.limits = limits
        var kept: [StagedBundles.Entry] = []
        for entry in entries {
            let name = Array(entry.path.dropFirst(root.count))
            let last = name.split(separator: 0x2F).last.map(Array.init) ?? []
            if !isBranch, DirectoryListing.isLeftOut(last) { continue }
            if entry.mode == "100644" || (entry.mode == "100755" && !isBranch) {
                let path = isBranch ? name : BundleDirectory.normalised(name)
                kept.append(StagedBundles.Entry(mode: entry.mode, id: entry.id, path: path))
            } else {
                findings.append(Self.refusal(entry.mode, name))
            }
        }
        self.entries = kept
    }

    /// Everything that is wrong, by paths from the top of the checkout.
    func findings(_ repository: borrowing Repository) throws(SheafError) -> [Finding] {
        var files: [(name: [UInt8], size: Int)] = []
        for entry in entries {
            let header = try mapping("a staged file") { () throws(GitError) in
                try repository.objectHeader(entry.id)
            }
            files.append((entry.path, header.size))
        }
        let checked = try BundleContentsCheck.run(files, limits: limits) {
            (index, path) throws(SheafError) in
            let bytes = try mapping("a staged file") { () throws(GitError) in
                try repository.object(entries[index].id).bytes
            }
            return ParsedDocument(path: path, bytes: bytes, limits: limits)
        }
        let prefix = String(decoding: root, as: UTF8.self)
        return (findings + checked.findings).map { finding in
            Finding(
                code: finding.code, rule: finding.rule, path: finding.path.map { prefix + $0 },
                line: finding.line, column: finding.column, message: finding.message,
                hint: finding.hint)
        }.sorted()
    }

    private static func refusal(_ mode: String, _ name: [UInt8]) -> Finding {
        let (rule, message, hint) =
            switch mode {
            case "120000":
                ("symbolic-link", "this is a symbolic link", "put the file itself there")
            case "160000": ("submodule", "this is a submodule", "a bundle holds files only")
            default:
                ("tree-mode", "this has the mode \(mode)", "git update-index --chmod=-x takes it")
            }
        return Finding(
            code: .malformedBundle, rule: rule, path: String(decoding: name, as: UTF8.self),
            message: message, hint: hint)
    }
}
