internal import BundleModel
internal import Crypto

/// SHA-256 of a token: what is kept of it.
public struct TokenHash: Hashable, Sendable, Codable {
    /// 64 lowercase hexadecimal digits.
    public let hex: String

    init(of text: String) {
        hex = Hex.text(SHA256.hash(data: Array(text.utf8)))
    }

    /// Reads a hash; throws `DecodingError` unless it is 64 lowercase hexadecimal digits.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard text.utf8.count == 64, text.allSatisfy({ "0123456789abcdef".contains($0) }) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "not the hash of a token")
        }
        hex = text
    }

    /// Writes the digits.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(hex)
    }
}
