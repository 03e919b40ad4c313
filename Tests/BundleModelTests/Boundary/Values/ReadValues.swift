@testable import BundleModel

/// Reads a text into values, whole or cut into parts.
enum ReadValues {
    static func of(
        _ text: String, _ kind: TextKind, cutAt cuts: [Int] = []
    ) -> [ScannedValue] {
        of(Array(text.utf8), kind, cutAt: cuts)
    }

    static func of(
        _ bytes: [UInt8], _ kind: TextKind, cutAt cuts: [Int] = []
    ) -> [ScannedValue] {
        var reader = StructuredReader(kind)
        var values: [ScannedValue] = []
        var start = 0
        for cut in cuts + [bytes.count] {
            let isLast = cut == bytes.count
            reader.read(bytes[start..<cut], isLast: isLast) { values.append($0) }
            start = cut
        }
        return values
    }

    /// `a/b=text` for values, `# text` for comments; keys are left out.
    static func outline(_ text: String, _ kind: TextKind) -> [String] {
        of(text, kind).compactMap { value in
            let text = String(decoding: value.text, as: UTF8.self)
            switch value.style {
            case .key: return nil
            case .comment: return "#" + text
            case .plain, .quoted, .block, .binary:
                let keys = value.keys.map { String(decoding: $0, as: UTF8.self) }
                return keys.joined(separator: "/") + "=" + text
            }
        }
    }
}
