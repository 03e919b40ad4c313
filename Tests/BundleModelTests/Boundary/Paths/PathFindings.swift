@testable import BundleModel

/// The rules that refuse something in a text.
enum PathFindings {
    static func yaml(_ text: String) -> [String] { structured(Array(text.utf8), .yaml) }

    static func structured(_ bytes: [UInt8], _ kind: TextKind) -> [String] {
        let scan = HostPathScan()
        return ReadValues.of(bytes, kind).flatMap { scan.matches(in: $0) }.map(\.rule)
    }

    static func prose(_ text: String) -> [String] {
        HostPathScan().matches(inProse: Array(text.utf8).span).map(\.rule)
    }

    /// What the scan says of a file.
    static func file(_ path: String, _ bytes: [UInt8]) -> [String] {
        let kind = TextKind(path: path, head: bytes.prefix(1024))
        let values = structured(bytes, kind)
        return kind.isStructured
            ? values : values + HostPathScan().matches(inProse: bytes.span).map(\.rule)
    }

    /// An example of a rule: a pair of YAML where it begins like one, prose else.
    static func example(_ text: String) -> [String] {
        let key = text.prefix { $0.isLetter || $0 == "_" || $0 == "-" }
        let isPair = !key.isEmpty && text[key.endIndex...].hasPrefix(":")
        return isPair && key.first?.isLowercase == true ? yaml(text) : prose(text)
    }
}
