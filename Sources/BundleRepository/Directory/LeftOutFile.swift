/// Something in a directory that publishing leaves out, and why.
public struct LeftOutFile: Hashable, Sendable, Comparable, Codable {
    /// Why a file or directory is left out.
    public enum Reason: String, Sendable, Hashable, Codable {
        /// Git's own: `.git`, `.gitignore`, `.gitattributes`.
        case git
        /// `.DS_Store` and the like, which a desktop leaves behind.
        case desktop
        /// Git's ignore rules exclude it.
        case ignored
    }

    /// The path below the directory; a directory's ends in `/`.
    public let path: String
    /// Why.
    public let reason: Reason

    /// Orders by path.
    public static func < (left: Self, right: Self) -> Bool { left.path < right.path }
}
