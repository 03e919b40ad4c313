internal import LibGit2

/// What holds for the reader of tree objects, whatever it reads.
enum TreeProperties {
    static func check(_ bytes: [UInt8]) throws(BrokenProperty) {
        let entries: [TreeEntry]
        do throws(GitError) {
            entries = try RawTree.parse(bytes)
        } catch {
            try requireEqual(error.code, .corrupt, "what is no tree is corrupt")
            try require(!isTree(bytes), "a tree by Git's grammar is read")
            return
        }
        try require(isTree(bytes), "only a tree by Git's grammar is read")
        try requireEqual(stored(entries), bytes, "nothing is put right, merged or left out")
        try EntryProperties.check(entries)

        let sorted = RawTree.encode(entries)
        try requireEqual(sorted.count, bytes.count, "encoding keeps every entry")
        guard let again = try? RawTree.parse(sorted) else {
            throw BrokenProperty(property: "what is encoded can be read", found: "\(sorted)")
        }
        try require(Set(again) == Set(entries), "encoding keeps every entry")
        // Git compares names of components; with a slash in one, its order is none.
        if entries.contains(where: { $0.name.contains(UInt8(ascii: "/")) }) { return }
        try requireEqual(RawTree.encode(again), sorted, "encoding sorts once and for all")
        for (left, right) in zip(again, again.dropFirst()) {
            try require(
                !orderedName(right).lexicographicallyPrecedes(orderedName(left)),
                "entries are encoded in Git's order", found: "\(left.name), \(right.name)")
        }
    }

    /// Git's order, from the documentation of `git mktree`: a directory as if its name ended in `/`.
    private static func orderedName(_ entry: TreeEntry) -> [UInt8] {
        entry.isTree ? entry.name + [UInt8(ascii: "/")] : entry.name
    }

    private static func stored(_ entries: [TreeEntry]) -> [UInt8] {
        var bytes: [UInt8] = []
        for entry in entries {
            bytes += Array(entry.modeText.utf8) + [0x20] + entry.name + [0]
            entry.id.appendRawBytes(to: &bytes)
        }
        return bytes
    }

    /// The grammar once more and in other words: octal digits, a space, a name, NUL, 20 bytes.
    private static func isTree(_ bytes: [UInt8]) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let mode = rest.prefix { $0 != 0x20 }
            guard (1...10).contains(mode.count), mode.allSatisfy({ (0x30...0x37).contains($0) })
            else { return false }
            rest = rest.dropFirst(mode.count)
            guard !rest.isEmpty, let end = rest.firstIndex(of: 0), end > rest.startIndex + 1,
                rest.endIndex - end > 20
            else { return false }
            rest = rest[(end + 21)...]
        }
        return true
    }
}
