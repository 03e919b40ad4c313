/// The bytes of a tree object: `mode SP name NUL id`, one entry after the other.
package enum RawTree {
    /// The entries in the order in which they are stored; nothing is sorted, merged or put right.
    ///
    /// Throws `.corrupt` for what cannot be read as entries. Names such as `..`, repeated names,
    /// unknown modes and a wrong order are the caller's to judge: libgit2 walks them cleanly.
    package static func parse(_ bytes: [UInt8]) throws(GitError) -> [TreeEntry] {
        try parse(bytes.span)
    }

    /// The entries in the order in which they are stored; nothing is sorted, merged or put right.
    package static func parse(_ bytes: Span<UInt8>) throws(GitError) -> [TreeEntry] {
        var entries: [TreeEntry] = []
        var position = 0
        while position < bytes.count {
            entries.append(try parseEntry(bytes, &position))
        }
        return entries
    }

    /// The tree object with these entries, in Git's order: by bytes of the name, where the name of a
    /// directory counts as if it ended in `/`.
    package static func encode(_ entries: [TreeEntry]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(entries.reduce(0) { $0 + $1.name.count + 28 })
        for entry in entries.sorted(by: precedes) {
            bytes.append(contentsOf: entry.modeText.utf8)
            bytes.append(UInt8(ascii: " "))
            bytes.append(contentsOf: entry.name)
            bytes.append(0)
            entry.id.appendRawBytes(to: &bytes)
        }
        return bytes
    }

    private static func precedes(_ left: TreeEntry, _ right: TreeEntry) -> Bool {
        let shared = min(left.name.count, right.name.count)
        for index in 0..<shared where left.name[index] != right.name[index] {
            return left.name[index] < right.name[index]
        }
        return terminator(of: left, at: shared) < terminator(of: right, at: shared)
    }

    /// The byte of the name at `index`, where a directory's name goes on with `/` and a file's ends.
    private static func terminator(of entry: TreeEntry, at index: Int) -> UInt8 {
        if index < entry.name.count { return entry.name[index] }
        return entry.isTree ? UInt8(ascii: "/") : 0
    }

    private static func parseEntry(
        _ bytes: Span<UInt8>, _ position: inout Int
    ) throws(GitError) -> TreeEntry {
        let (mode, leadingZeros) = try parseMode(bytes, &position)
        let start = position
        while position < bytes.count, bytes[position] != 0 { position += 1 }
        guard position < bytes.count, position > start else { throw malformed("name", at: start) }
        let name = bytes.extracting(start..<position).copied()
        position += 1

        guard bytes.count - position >= 20,
            let id = ObjectID(rawBytes: bytes.extracting(position..<position + 20))
        else { throw malformed("object id", at: position) }
        position += 20
        return TreeEntry(
            mode: mode, leadingZeros: leadingZeros, name: name, id: id)
    }

    /// Octal digits up to a space. Six hold every mode; more than ten would not fit.
    private static func parseMode(
        _ bytes: Span<UInt8>, _ position: inout Int
    ) throws(GitError) -> (mode: UInt32, leadingZeros: UInt8) {
        let start = position
        var mode: UInt32 = 0
        var zeros = 0
        while position < bytes.count, bytes[position] != UInt8(ascii: " ") {
            let digit = bytes[position]
            guard (UInt8(ascii: "0")...UInt8(ascii: "7")).contains(digit), position - start < 10
            else { throw malformed("mode", at: position) }
            if mode == 0, digit == UInt8(ascii: "0") { zeros += 1 }
            mode = mode << 3 | UInt32(digit - UInt8(ascii: "0"))
            position += 1
        }
        let count = position - start
        guard position < bytes.count, count > 0 else { throw malformed("mode", at: position) }
        position += 1
        // A mode that is nothing but zeros has one digit that counts.
        return (mode, UInt8(zeros == count ? zeros - 1 : zeros))
    }

    private static func malformed(_ part: String, at position: Int) -> GitError {
        GitError(code: .corrupt, message: "malformed tree: no \(part) at byte \(position)")
    }
}
