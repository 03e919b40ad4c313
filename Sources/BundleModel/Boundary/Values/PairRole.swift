/// What a key says about its siblings: `name: X` beside `value: Y`.
enum PairRole {
    case name, value

    /// Nil for a key that is neither.
    init?(_ key: [UInt8]) {
        guard key.count >= 2, key.count <= 5 else { return nil }
        switch String(decoding: key.map { $0 | 0x20 }, as: UTF8.self) {
        case "name", "key", "id": self = .name
        case "value", "val": self = .value
        default: return nil
        }
    }
}
