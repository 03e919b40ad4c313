/// Names that Git itself reads, in every disguise that a file system may see through.
///
/// Source: Git's own checks (`path.c`, `utf8.c`): HFS+ ignores some code points; NTFS ignores trailing
/// dots and spaces, opens a stream behind a colon and gives every file a short name, made from a hash
/// where the plain ones are taken. Git takes `git~1` alone for `.git`; here every `git~` and digit is.
enum GitControlName {
    private static let names: Set<String> = [
        ".git", ".gitmodules", ".gitattributes", ".gitignore", ".mailmap",
    ]
    /// The first six characters of NTFS short names.
    private static let shortStems = ["gitmod", "gitatt", "gitign", "mailma"]
    /// The first characters of the short names that NTFS falls back to, from a hash of the name.
    private static let shortHashes = ["gi7eba", "gi7d29", "gi250a", "maba30"]

    /// Whether a component is such a name, or has one between its backslashes.
    static func matches(_ name: String) -> Bool {
        name.split(separator: "\\", omittingEmptySubsequences: false).contains { part in
            let folded = folded(part)
            return names.contains(folded) || isShortName(folded)
        }
    }

    /// The part of a name that a file system would compare: in lower case, without what HFS+
    /// ignores, an NTFS stream, and trailing dots and spaces.
    private static func folded(_ name: Substring) -> String {
        var folded = String.UnicodeScalarView()
        for scalar in name.unicodeScalars where !isIgnorable(scalar) {
            if scalar == ":" { break }
            let isUpper = scalar >= "A" && scalar <= "Z"
            folded.append(isUpper ? Unicode.Scalar(UInt8(scalar.value) | 0x20) : scalar)
        }
        while let last = folded.last, last == "." || last == " " { folded.removeLast() }
        return String(folded)
    }

    private static func isShortName(_ name: String) -> Bool {
        let bytes = Array(name.utf8)
        guard let tilde = bytes.firstIndex(of: UInt8(ascii: "~")), tilde + 1 < bytes.count,
            bytes[tilde + 1] != UInt8(ascii: "0"),
            bytes[(tilde + 1)...].allSatisfy({ (0x30...0x39).contains($0) })
        else { return false }
        let stem = String(decoding: bytes[..<tilde], as: UTF8.self)
        if stem == "git" { return bytes.count == tilde + 2 }
        if shortStems.contains(stem) { return bytes.count == tilde + 2 }
        // A hash gives up characters to the number until that has all but the tilde.
        return bytes.count == 8 && shortHashes.contains { $0.hasPrefix(stem) }
    }

    /// Code points that HFS+ ignores when it compares names.
    private static func isIgnorable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x200C...0x200F, 0x202A...0x202E, 0x206A...0x206F, 0xFEFF: true
        default: false
        }
    }
}
