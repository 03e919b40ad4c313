/// Names that Git itself reads, in every disguise that a file system may see through.
///
/// Source: Git's own checks of `.git`, `.gitmodules`, `.gitattributes` and `.gitignore` on HFS+
/// (ignorable code points) and NTFS (short names, trailing dots and spaces, streams).
enum GitControlName {
    private static let names: Set<String> = [
        ".git", ".gitmodules", ".gitattributes", ".gitignore", ".mailmap",
    ]
    /// NTFS short names: the first six characters and a number, or Git's fallback of a hash.
    private static let shortStems = ["git~", "gitmod~", "gitatt~", "gitign~", "mailma~"]
    private static let shortHashes = ["gi7eba~", "gi7d29~", "gi250a~", "maba30~"]

    static func matches(_ name: String) -> Bool {
        guard
            name.utf8.contains(0x67) || name.utf8.contains(0x47) || name.utf8.contains(0x6D)
                || name.utf8.contains(0x4D)
        else { return false }
        var folded = String(
            String.UnicodeScalarView(name.unicodeScalars.filter { !isIgnorable($0) })
        ).lowercased()
        if let stream = folded.firstIndex(of: ":") { folded = String(folded[..<stream]) }
        while folded.hasSuffix(".") || folded.hasSuffix(" ") { folded.removeLast() }
        if names.contains(folded) { return true }
        return (shortStems + shortHashes).contains { stem in
            folded.hasPrefix(stem) && folded.count == stem.count + 1
                && folded.last?.isNumber == true
        }
    }

    /// Code points that HFS+ ignores when it compares names.
    private static func isIgnorable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x200C...0x200F, 0x202A...0x202E, 0x206A...0x206F, 0xFEFF: true
        default: false
        }
    }
}
