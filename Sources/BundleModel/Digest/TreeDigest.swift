/// The digest of one directory, built from the digests of what it holds.
///
/// ```
/// file digest = SHA-256(bytes)
/// tree digest = SHA-256("sheaf.tree.v1\n" + one line per entry, sorted by name as bytes)
/// line        = "file " + hex + "  " + name + "\n"     for a file
///               "tree " + hex + "  " + name + "\n"     for a directory
/// ```
///
/// The order is by the bytes of the names, which is not Git's order of tree entries: Git sorts a
/// directory as if its name ended in `/`.
public struct TreeDigest: Sendable {
    private struct Line {
        let name: [UInt8]
        let isTree: Bool
        let value: SHA256Value
    }

    private static let header = Array("sheaf.tree.v1\n".utf8)
    private static let file = Array("file ".utf8)
    private static let tree = Array("tree ".utf8)
    private var lines: [Line] = []

    /// Starts a directory.
    public init() {}

    /// Whether nothing was added; a directory without files does not exist.
    public var isEmpty: Bool { lines.isEmpty }

    /// Adds a file by its name in this directory and the SHA-256 of its bytes.
    public mutating func add(file name: [UInt8], _ value: SHA256Value) {
        lines.append(Line(name: name, isTree: false, value: value))
    }

    /// Adds a directory by its name in this directory and its own digest.
    public mutating func add(tree name: [UInt8], _ value: SHA256Value) {
        lines.append(Line(name: name, isTree: true, value: value))
    }

    /// The digest of the directory.
    public func finish() -> SHA256Value {
        var text = Self.header
        text.reserveCapacity(lines.reduce(32) { $0 + $1.name.count + 74 })
        for line in lines.sorted(by: { $0.name.lexicographicallyPrecedes($1.name) }) {
            text += line.isTree ? Self.tree : Self.file
            line.value.appendHex(to: &text)
            text += [0x20, 0x20]
            text += line.name
            text.append(0x0A)
        }
        return SHA256Value(hashing: text)
    }
}
