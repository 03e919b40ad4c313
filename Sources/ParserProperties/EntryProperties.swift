internal import BundleModel
internal import LibGit2

/// What holds for the judge of the entries of a tree, whatever they are called.
enum EntryProperties {
    static func check(_ entries: [TreeEntry]) throws(BrokenProperty) {
        let limits = ContentLimits.standard
        var listing = RawListing(isOrdered: true, limits: limits)
        for entry in entries {
            listing.add(
                RawEntry(directory: [], name: entry.name, kind: kind(of: entry), size: 1))
        }
        let check = EntryCheck(listing, limits: limits)
        try require(
            check.findings.count < BundleCheck.maximumFindings + 10, "there is an end of findings")
        for finding in check.findings { try checkShown(finding) }

        var isTaken: Set<Int> = []
        var folded: Set<String> = []
        for file in check.files {
            try require(isTaken.insert(file.index).inserted, "an entry is taken once")
            let entry = listing.entries[file.index]
            try require(entry.kind == .file, "only a file is taken for one")
            try require(
                file.path.text.utf8.elementsEqual(entry.path), "a path is the name as stored")
            try require(
                folded.insert(file.path.text.lowercased()).inserted,
                "no two files differ by their case alone", found: file.path.text)
        }
        let files = listing.entries.count { $0.kind == .file }
        guard check.findings.isEmpty else { return }
        try requireEqual(check.files.count, files, "what is not taken has a finding")
        try checkValid(entries)
    }

    /// What a tree without a finding is by the rules of `git fsck`, in other words.
    private static func checkValid(_ entries: [TreeEntry]) throws(BrokenProperty) {
        for entry in entries {
            try require(
                ["100644", "40000"].contains(entry.modeText),
                "only files and directories are in it",
                found: entry.modeText)
            let name = String(decoding: entry.name, as: UTF8.self)
            let isOutside = ["", ".", ".."].contains(name) || name.utf8.contains(0x2F)
            try require(
                !isOutside && !name.lowercased().hasPrefix(".git "), "no name leads elsewhere")
            try require(name.lowercased() != ".git", "no name is Git's own")
        }
        for (left, right) in zip(entries, entries.dropFirst()) {
            let names = [left, right].map { $0.isTree ? $0.name + [0x2F] : $0.name }
            try require(
                names[0].lexicographicallyPrecedes(names[1]), "entries are in Git's order",
                found: "\(names)")
        }
        try requireEqual(
            Set(entries.map(\.name)).count, entries.count, "no name stands there twice")
    }

    private static func kind(of entry: TreeEntry) -> RawEntry.Kind {
        switch entry.modeText {
        case "100644": .file
        case "40000": .directory
        case "120000": .symbolicLink
        case "160000": .submodule
        default: .mode(entry.modeText)
        }
    }

    private static func checkShown(_ finding: Finding) throws(BrokenProperty) {
        for text in [finding.path ?? "", finding.message, finding.hint ?? ""] {
            let isClean = text.unicodeScalars.allSatisfy {
                $0.properties.generalCategory != .control
                    && $0.properties.generalCategory != .format
            }
            try require(isClean, "a finding has no control character", found: text.debugDescription)
            try require(text.utf8.count < 16_384, "a finding is short", found: finding.rule)
        }
    }
}
