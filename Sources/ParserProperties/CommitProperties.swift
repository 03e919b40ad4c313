internal import LibGit2

/// What holds for the reader of commit objects and of signatures, whatever it reads.
enum CommitProperties {
    static func check(_ bytes: [UInt8]) throws(BrokenProperty) {
        try checkSignature(bytes)
        let commit: RawCommit
        do throws(GitError) {
            commit = try RawCommit.parse(bytes)
        } catch {
            try requireEqual(error.code, .corrupt, "what is no commit is corrupt")
            return
        }
        let isUnicode =
            String(validating: bytes.dropLast(commit.message.count), as: UTF8.self) != nil
        if commit.encoding == nil || isUnicode {
            try requireEqual(commit.encode(), bytes, "encoding what was read gives the same bytes")
        }
        let header = bytes.dropLast(commit.message.count)
        try require(header.suffix(2).elementsEqual([0x0A, 0x0A]), "an empty line ends the header")
        try require(!header.contains(0), "a header has no NUL byte")
        let lines = header.split(separator: 0x0A)
        for name in ["author", "committer"] {
            let found = lines.filter { $0.starts(with: "\(name) ".utf8) }
            try requireEqual(found.count, 1, "there is one \(name)")
            let ident = found.first?.dropFirst(name.utf8.count + 1) ?? []
            try require(isIdent(ident), "a signature is one by the rules of git fsck")
        }
        try requireEqual(
            lines.count { $0.starts(with: "parent ".utf8) }, commit.parents.count,
            "every parent is read")
    }

    private static func checkSignature(_ bytes: [UInt8]) throws(BrokenProperty) {
        guard let text = String(validating: bytes, as: UTF8.self) else { return }
        guard let signature = Signature(header: text) else {
            try require(!isIdent(bytes[...]), "a signature by the rules of git fsck is read")
            return
        }
        try require(isIdent(bytes[...]), "a signature is one by the rules of git fsck")
        try requireEqual(
            Array(signature.header.utf8), bytes, "writing a signature gives the same bytes")
    }

    /// The rules of `fsck_ident` in Git's fsck.c, and a date of digits alone.
    private static func isIdent(_ line: ArraySlice<UInt8>) -> Bool {
        func isAngle(_ byte: UInt8) -> Bool { byte == 0x3C || byte == 0x3E }
        guard !line.contains(where: { $0 == 0 || $0 == 0x0A }),
            let opening = line.firstIndex(where: isAngle), line[opening] == 0x3C,
            line[..<opening].last == 0x20
        else { return false }
        let behind = line[(opening + 1)...]
        guard let closing = behind.firstIndex(where: isAngle), line[closing] == 0x3E else {
            return false
        }
        let parts = line[(closing + 1)...].split(
            separator: 0x20, omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].isEmpty, isDigits(parts[1]), isDigits(parts[2].dropFirst())
        else { return false }
        let isPadded = parts[1].first == 0x30 && parts[1].count > 1
        let date = Int64(String(decoding: parts[1], as: UTF8.self))
        return !isPadded && date != nil && parts[2].count == 5
            && (parts[2].first == 0x2B || parts[2].first == 0x2D)
    }

    private static func isDigits(_ bytes: ArraySlice<UInt8>) -> Bool {
        !bytes.isEmpty && bytes.allSatisfy { (0x30...0x39).contains($0) }
    }
}
