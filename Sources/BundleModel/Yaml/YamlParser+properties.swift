extension YamlParser {
    /// Reports and skips anchors and tags in front of a value; stays in the line.
    mutating func refuseProperties() {
        while peek() == 0x26 || peek() == 0x21 {
            let isAnchor = peek() == 0x26
            let mark = mark(at: position)
            if isAnchor {
                log.malformed(
                    "yaml-anchor", at: mark, "an anchor ('&') is not supported",
                    hint: "write the value where it is needed, or share it with 'extends'")
            } else {
                log.malformed(
                    "yaml-tag", at: mark, "a tag ('!') is not supported",
                    hint: "the schema gives every value its type; put text in quotes if need be")
            }
            while !Self.isBlankOrEnd(peek()), !Self.isFlowIndicator(peek()) { position += 1 }
            skipBlanks()
        }
    }

    /// Reports and skips an alias; true when there was one.
    mutating func refuseAlias() -> Bool {
        guard peek() == 0x2A else { return false }
        log.malformed(
            "yaml-alias", at: mark(at: position), "an alias ('*') is not supported",
            hint: "write the value itself; a text that starts with '*' needs quotes")
        hasUnknownValue = true
        while !Self.isBlankOrEnd(peek()), !Self.isFlowIndicator(peek()) { position += 1 }
        return true
    }

    /// Makes the map of entries that were read, reporting keys that occur twice and merge keys.
    func mapping(_ entries: [ReadEntry], at mark: SourceMark) -> YamlNode {
        var marks: [String: SourceMark] = [:]
        marks.reserveCapacity(entries.count)
        var kept: [YamlNode.Entry] = []
        kept.reserveCapacity(entries.count)
        for entry in entries {
            let mark = entry.mark
            if entry.isPlain, entry.key == "<<" {
                log.malformed(
                    "yaml-merge-key", at: mark, "a merge key ('<<') is not supported",
                    hint: "write the keys out, or share them with 'extends'")
            } else if let first = marks[entry.key] {
                log.malformed(
                    "duplicate-key", at: mark,
                    "the key \(KeyText.shown(entry.key)) is already in line \(first.line)",
                    hint: "keep one of the two")
            } else {
                marks[entry.key] = mark
                kept.append(YamlNode.Entry(key: entry.key, keyMark: mark, value: entry.value))
            }
        }
        return YamlNode(.mapping(kept), at: mark)
    }

    /// A key and its value as they were read.
    struct ReadEntry {
        let key: String
        let isPlain: Bool
        let mark: SourceMark
        let value: YamlNode
    }
}
