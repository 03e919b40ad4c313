/// The one rule for ids of workspaces, bundles, channels, profiles, runtimes and workers.
///
/// `[a-z0-9][a-z0-9._-]{0,62}[a-z0-9]` or one such character; without `..`; not all digits, not 40
/// hex digits, not ending in `.lock` or `.git`, no Windows device name. Nothing else ever reaches
/// a reference name, path, URL or argument list.
enum IdentifierRules {
    static let maximumLength = 64

    /// Returns what is wrong with a text as an id, or nil.
    static func problem(with text: String) -> String? {
        let bytes = Array(text.utf8)
        guard let first = bytes.first, let last = bytes.last else { return "is empty" }
        guard bytes.count <= maximumLength else {
            return "is longer than \(maximumLength) characters"
        }
        guard isLetterOrDigit(first), isLetterOrDigit(last) else {
            return "must start and end with a lowercase letter or a digit"
        }
        guard bytes.allSatisfy({ isLetterOrDigit($0) || $0 == 0x2E || $0 == 0x5F || $0 == 0x2D })
        else { return "may only contain a-z, 0-9, '.', '_' and '-'" }
        if zip(bytes, bytes.dropFirst()).contains(where: { $0 == 0x2E && $1 == 0x2E }) {
            return "must not contain '..'"
        }
        if bytes.allSatisfy(isDigit) { return "must not be only digits" }
        if bytes.count == 40, bytes.allSatisfy(isHex) { return "must not look like a commit id" }
        if text.hasSuffix(".lock") || text.hasSuffix(".git") {
            return "must not end in '.lock' or '.git'"
        }
        if WindowsDeviceName.matches(text) { return "is a Windows device name" }
        return nil
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
    private static func isHex(_ byte: UInt8) -> Bool {
        isDigit(byte) || (byte >= 0x61 && byte <= 0x66)
    }
    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        isDigit(byte) || (byte >= 0x61 && byte <= 0x7A)
    }
}
