/// The rule for prompts, Markdown workflows, README and LICENSE: UTF-8 text without NUL.
enum TextCheck {
    static func run(_ bytes: [UInt8], log: FindingLog) {
        if let offset = Utf8Text.firstInvalidByte(in: bytes) {
            log.malformed(
                "not-utf8", at: mark(of: offset, in: bytes), "the file is not valid UTF-8",
                hint: "save the file as UTF-8; binary files belong into assets/")
        } else if let offset = bytes.firstIndex(of: 0) {
            log.malformed(
                "control-character", at: mark(of: offset, in: bytes), "the file contains NUL",
                hint: "remove the character; binary files belong into assets/")
        }
    }

    private static func mark(of offset: Int, in bytes: [UInt8]) -> SourceMark {
        let before = bytes[..<offset]
        let lineStart = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
        return SourceMark(
            line: before.count { $0 == 0x0A } + 1,
            column: before[lineStart...].count { $0 & 0xC0 != 0x80 } + 1)
    }
}
