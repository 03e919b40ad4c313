/// A name that a host resolves, never a value or a path: `secret:tracker/api-token`.
///
/// `<scheme>:<token>` with `segment(/segment)*` as token and `[A-Za-z0-9][A-Za-z0-9._@+-]*` as
/// segment.
public struct DeclarationReference: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// What stands before the colon.
    public let scheme: ReferenceScheme
    /// What stands behind the colon.
    public let token: String

    /// Reads a reference; nil for every other text.
    public init?(_ text: String) {
        guard case .reference(let reference) = Self.read(text) else { return nil }
        self = reference
    }

    private init(scheme: ReferenceScheme, token: String) {
        self.scheme = scheme
        self.token = token
    }

    /// The reference as text.
    public var description: String { "\(scheme.rawValue):\(token)" }

    /// Orders references by their text.
    public static func < (left: Self, right: Self) -> Bool {
        left.description < right.description
    }

    /// What a text in the place of a reference can turn out to be.
    enum Reading {
        case reference(DeclarationReference)
        /// Of the form of a reference, with a scheme that is not known.
        case unknownScheme(String)
        /// Anything else: perhaps a value.
        case literal
    }

    static func read(_ text: String) -> Reading {
        // By bytes: to Swift, a colon and an accent behind it are one character.
        let bytes = text.utf8
        guard let colon = bytes.firstIndex(of: 0x3A) else { return .literal }
        let scheme = String(text[..<colon])
        let token = String(text[bytes.index(after: colon)...])
        guard isScheme(scheme), isToken(token) else { return .literal }
        guard let known = ReferenceScheme(rawValue: scheme) else { return .unknownScheme(scheme) }
        return .reference(DeclarationReference(scheme: known, token: token))
    }

    private static func isScheme(_ text: String) -> Bool {
        guard let first = text.utf8.first, text.utf8.count <= 32, isLower(first) else {
            return false
        }
        return text.utf8.allSatisfy { isLower($0) || isDigit($0) || $0 == 0x2D || $0 == 0x5F }
    }

    private static func isToken(_ text: String) -> Bool {
        guard text.utf8.count <= 256 else { return false }
        return text.utf8.split(separator: 0x2F, omittingEmptySubsequences: false).allSatisfy {
            guard let first = $0.first, isAlphanumeric(first) else { return false }
            return $0.allSatisfy {
                isAlphanumeric($0) || $0 == 0x2E || $0 == 0x5F || $0 == 0x40 || $0 == 0x2B
                    || $0 == 0x2D
            }
        }
    }

    private static func isLower(_ byte: UInt8) -> Bool { byte >= 0x61 && byte <= 0x7A }
    private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        isLower(byte) || isDigit(byte) || (byte >= 0x41 && byte <= 0x5A)
    }
}
