extension TextPass {
    private static let wideSigns: [(text: String, joint: Joint, length: Int)] = [
        ("は、", .sign, 6), ("は", .sign, 3), ("が", .sign, 3), ("を「", .sign, 3),
        ("「", .sign, 0), ("『", .sign, 0), ("：", .sign, 3), ("＝", .sign, 3), ("｜", .sign, 3),
        ("→", .sign, 3), ("⇒", .sign, 3), ("　", .mark, 3), ("—", .mark, 3), ("–", .mark, 3),
    ]

    /// What joins a key to its value in Japanese: `は`, `：`, `→`, a bracket that closes a heading, a
    /// remark in brackets before a colon.
    func wideJoint(
        behind key: Range<Int>, at start: Int, in bytes: Span<UInt8>
    ) -> (Joint, Int)? {
        let isWideKey = bytes[key.upperBound - 1] >= 0x80
        var index = start
        if bytes.has("（", at: index) {
            // `（本番）`
            let limit = min(bytes.count, index + 48)
            while index < limit, !bytes.has("）", at: index) { index += 1 }
            guard bytes.has("）", at: index) else { return nil }
            index += 3
        }
        for close in ["】", "」", "』", "》", "］"] where bytes.has(close, at: index) {
            index += 3
            let joint = sign(at: index, in: bytes)
            return joint ?? (.sign, index)
        }
        if bytes.has(":", at: index) { return (.sign, index + 1) }
        guard let (joint, next) = sign(at: index, in: bytes) else { return nil }
        // `token → value` joins other texts in English.
        let isMark = bytes.has("→", at: index) || bytes.has("⇒", at: index)
        return (!isWideKey && isMark ? .mark : joint, next)
    }

    private func sign(at index: Int, in bytes: Span<UInt8>) -> (Joint, Int)? {
        for (text, joint, length) in Self.wideSigns where bytes.has(text, at: index) {
            return (joint, index + length)
        }
        return nil
    }
}
