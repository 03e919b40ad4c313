/// The path in the location of a repository at another host.
///
/// `{bundle}` is left as it stands: an id has nothing that would have to be encoded.
enum RepositoryPath {
    typealias Problem = RepositoryLocationProblem

    /// A path as HTTP sends it: what it may not hold is percent-encoded, what is encoded stays.
    static func checked(_ path: Substring) throws(Problem) -> String {
        let plain = try decoded(path)
        guard !plain.hasSuffix("//") else { throw .path }
        return path.split(
            separator: RepositoryLocation.placeholder, omittingEmptySubsequences: false
        ).map(PercentEncoding.encode(urlPath:)).joined(separator: RepositoryLocation.placeholder)
    }

    /// A path as a program understands it.
    static func decoded(_ path: Substring) throws(Problem) -> String {
        var bytes: [UInt8] = []
        var rest = Array(path.utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard let high = digit(rest.popFirst()), let low = digit(rest.popFirst()) else {
                throw .path
            }
            let decoded = high << 4 | low
            // What is written encoded is a part of a name, and these cannot be.
            guard decoded != UInt8(ascii: "/"), decoded != UInt8(ascii: "\\"),
                decoded != UInt8(ascii: "{"), decoded != UInt8(ascii: "}")
            else { throw .path }
            bytes.append(decoded)
        }
        // An accent that was encoded would hide the `/` before it from what follows.
        guard let text = String(validating: bytes, as: UTF8.self),
            bytes.count(where: { $0 < 0x80 }) == text.count(where: \.isASCII)
        else { throw .path }
        guard !path.contains(" ") else { throw .path }
        return try literal(text[...])
    }

    /// A path in which nothing is encoded.
    static func literal(_ path: Substring) throws(Problem) -> String {
        let names = path.split(separator: "/")
        let rest = path.split(
            separator: RepositoryLocation.placeholder, omittingEmptySubsequences: false)
        guard !names.isEmpty, !path.hasPrefix("-"),
            !names.contains(where: { $0 == "." || $0 == ".." || $0.contains("\\") }),
            !rest.contains(where: { $0.contains { $0 == "{" || $0 == "}" } }),
            !path.unicodeScalars.contains(where: DisplayText.isDisturbing)
        else { throw .path }
        return String(path)
    }

    private static func digit(_ byte: UInt8?) -> UInt8? {
        guard let byte else { return nil }
        return Hex.value(byte) ?? ((0x41...0x46).contains(byte) ? byte - 0x41 + 10 : nil)
    }
}
