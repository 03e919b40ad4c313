/// The order of the entries of a tree: by the bytes of the names, where that of a directory counts
/// as if it ended in a slash.
enum EntryOrder {
    /// One finding for each directory whose entries are in another order.
    static func check(_ entries: [RawEntry]) -> [Finding] {
        var previous: [ArraySlice<UInt8>: (name: ArraySlice<UInt8>, isDirectory: Bool)] = [:]
        // The entries of a directory follow each other, but for what is in those that it has.
        var current: ArraySlice<UInt8> = []
        var last: (name: ArraySlice<UInt8>, isDirectory: Bool)?
        var refused: Set<ArraySlice<UInt8>> = []
        var findings: [Finding] = []
        for entry in entries where !entry.path.isEmpty {
            let directory = entry.directory
            let this = (name: entry.name, isDirectory: entry.isOrderedAsDirectory)
            if directory != current {
                previous[current] = last
                (current, last) = (directory, previous[directory])
            }
            if let before = last, precedes(this, before),
                refused.insert(directory).inserted
            {
                findings.append(
                    Finding(
                        code: .malformedBundle, rule: "tree-order",
                        path: EntryCheck.shown(directory),
                        message: "the tree's entries are not in Git's order",
                        hint: "write the tree with Git"))
            }
            last = this
        }
        return findings
    }

    /// Whether a name comes strictly before another; equal names are a matter of duplicates.
    private static func precedes(
        _ left: (name: ArraySlice<UInt8>, isDirectory: Bool),
        _ right: (name: ArraySlice<UInt8>, isDirectory: Bool)
    ) -> Bool {
        if left.name == right.name { return false }
        for (first, second) in zip(left.name, right.name) where first != second {
            return first < second
        }
        // One is the beginning of the other, which goes on where this one ends or has its slash.
        if left.name.count < right.name.count {
            let next = right.name[right.name.startIndex + left.name.count]
            return (left.isDirectory ? 0x2F : 0) < next
        }
        let next = left.name[left.name.startIndex + right.name.count]
        return next < (right.isDirectory ? 0x2F : 0)
    }
}
