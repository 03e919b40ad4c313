internal import BundleModel

/// What a caller shows; whoever has it is the caller.
///
/// `sheaf_` and 40 lowercase hexadecimal digits: 160 bits from the system's generator. It is shown
/// once, when it is made. Only its ``hash`` is kept, so neither a description nor an encoding of
/// this type has it.
public struct TokenSecret: Sendable, CustomStringConvertible {
    /// The text that is shown once, and sent with each request.
    public let text: String

    /// Makes a new one.
    public init() {
        var generator = SystemRandomNumberGenerator()
        let bytes = (0..<20).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
        text = Self.prefix + Hex.text(bytes)
    }

    /// Reads what a caller sent; nil for what cannot be a token.
    public init?(_ text: some StringProtocol) {
        guard text.utf8.count == Self.length, text.hasPrefix(Self.prefix),
            text.utf8.dropFirst(Self.prefix.utf8.count).allSatisfy(Self.isDigit)
        else { return nil }
        self.text = String(text)
    }

    /// SHA-256 of the text. With 160 random bits in it, it needs neither salt nor slowness.
    public var hash: TokenHash { TokenHash(of: text) }

    /// A name for what it is, and nothing of the secret.
    public var description: String { "an access token" }

    private static let prefix = "sheaf_"
    private static let length = 46

    private static func isDigit(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte)
    }
}
