/// What a key says about its siblings: `name: X` beside `value: Y`.
enum PairRole {
    case name, value

    /// Nil for a key that is neither.
    init?(_ key: Span<UInt8>) {
        guard key.count >= 2, key.count <= 5 else { return nil }
        var folded: UInt64 = 0
        for index in key.indices { folded = folded << 8 | UInt64(key[index] | 0x20) }
        switch folded {
        // name, key, id
        case 0x6E61_6D65, 0x6B_6579, 0x6964: self = .name
        // value, val
        case 0x76_616C_7565, 0x76_616C: self = .value
        default: return nil
        }
    }
}
