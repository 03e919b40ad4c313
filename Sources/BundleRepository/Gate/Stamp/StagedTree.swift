internal import BundleModel
internal import LibGit2

/// One staged bundle, checked by the one validator.
struct StagedTree {
    private let entries: [StagedBundles.Entry]
    private let root: [UInt8]
    private let isBranch: Bool
    private let limits: ContentLimits

    /// - Parameter isBranch: whether the commit itself becomes the revision. Then its tree is what
    ///   counts; elsewhere publishing leaves out what Git's own files are, and the execute bit.
    init(
        entries: [StagedBundles.Entry], root: [UInt8], isBranch: Bool, limits: ContentLimits
    ) {
        self.root = root
        self.isBranch = isBranch
        self.limits = limits
        self.entries = entries.compactMap { entry in
            let name = Array(entry.path.dropFirst(root.count))
            let last = name.split(separator: 0x2F).last.map(Array.init) ?? []
            if !isBranch, DirectoryListing.isLeftOut(last) { return nil }
            let path = isBranch ? name : BundleDirectory.normalised(name)
            return StagedBundles.Entry(mode: entry.mode, id: entry.id, path: path)
        }
    }

    /// Everything that is wrong, by paths from the top of the checkout.
    func findings(_ repository: borrowing Repository) throws(SheafError) -> [Finding] {
        var listing = RawListing(isOrdered: false, limits: limits)
        var blobs: [[UInt8]: ObjectID] = [:]
        for entry in entries {
            let kind = kind(of: entry.mode)
            var size = 0
            if kind == .file {
                blobs[entry.path] = entry.id
                size = try mapping("a staged file") { () throws(GitError) in
                    try repository.objectHeader(entry.id).size
                }
            }
            listing.add(RawEntry(path: entry.path, kind: kind, size: size))
        }
        let checked = try BundleContentsCheck.run(listing, limits: limits) {
            (path, _) throws(SheafError) in
            guard let blob = blobs[Array(path.text.utf8)] else {
                throw SheafError(.storeCorrupt, "a staged file is missing")
            }
            let bytes = try mapping("a staged file") { () throws(GitError) in
                try repository.object(blob).bytes
            }
            return ParsedDocument(path: path, bytes: bytes, limits: limits)
        }
        let prefix = String(decoding: root, as: UTF8.self)
        return checked.findings.map { finding in
            Finding(
                code: finding.code, rule: finding.rule, path: finding.path.map { prefix + $0 },
                line: finding.line, column: finding.column, message: finding.message,
                hint: finding.hint)
        }.sorted()
    }

    private func kind(of mode: String) -> RawEntry.Kind {
        switch mode {
        case "100644": .file
        case "100755" where !isBranch: .file
        case "120000": .symbolicLink
        case "160000": .submodule
        default: .mode(mode)
        }
    }
}
