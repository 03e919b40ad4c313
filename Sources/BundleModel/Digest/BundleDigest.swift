/// The identity of a bundle's contents: `sha256:` and 64 lowercase hex digits.
///
/// Contents only: no dates, modes, authors or Git object ids, so that the same files give the same
/// digest from a directory, a commit, a bundle file or another repository. It is integrity, not
/// authenticity.
public struct BundleDigest: Hashable, Sendable, CustomStringConvertible, Codable {
    /// The digest of the root directory.
    public let root: SHA256Value

    /// Takes the tree digest of the root directory.
    public init(root: SHA256Value) {
        self.root = root
    }

    /// Reads `sha256:<64 lowercase hex digits>`; nil for anything else.
    public init?(_ text: String) {
        guard text.hasPrefix("sha256:"), let root = SHA256Value(hex: text.dropFirst(7)) else {
            return nil
        }
        self.root = root
    }

    /// `sha256:<64 lowercase hex digits>`.
    public var description: String { "sha256:\(root.hex)" }

    /// `sha256:` and the first twelve digits, for people.
    public var short: String { "sha256:\(root.hex.prefix(12))" }

    /// Reads a digest from one text value.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let digest = BundleDigest(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "a digest is sha256: and 64 lowercase hex digits")
        }
        self = digest
    }

    /// Writes the digest as one text value.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
