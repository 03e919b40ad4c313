/// Front matter that is not YAML as a whole, read line by line.
///
/// People write descriptions with colons, quotes and whole dialogues in them, and the tools that
/// read these files put up with it. Here a key that is known starts an entry; a line that looks
/// like another key does so only directly below an entry of one line, because `user: "…"` inside a
/// dialogue looks like a key too.
struct FrontMatterLines {
    private static let known: Set<String> = [
        "name", "title", "description", "model", "tools", "disallowedTools", "color", "colour",
        "maxTurns", "temperature", "permissionMode", "mcpServers", "skills", "hooks", "version",
        "author", "tags", "category", "mode", "memory",
    ]
    private static let speakers: Set<String> = [
        "user", "assistant", "system", "context", "commentary", "example", "examples", "note",
    ]

    private(set) var entries: [FrontMatter.Entry] = []
    private(set) var problems: [FrontMatter.Problem] = []
    private var seen: Set<String> = []
    private let lines: [String]
    private let firstLine: Int

    init(_ lines: [String], firstLine: Int) {
        self.lines = lines
        self.firstLine = firstLine
    }

    /// The comments between the entries, which have no place in a bundle.
    static func comments(in lines: [String], firstLine: Int) -> [FrontMatter.Problem] {
        lines.enumerated().filter { $0.element.hasPrefix("#") }.map {
            FrontMatter.Problem(
                line: firstLine + $0.offset, kind: .leftOut, what: "a comment",
                why: "comments of front matter are not carried over")
        }
    }

    /// Reads every entry.
    mutating func read() {
        var start: Int?
        for index in lines.indices {
            guard let key = Self.key(of: lines[index]), startsEntry(key, index, after: start)
            else { continue }
            close(start, before: index)
            start = index
            seen.insert(key)
        }
        close(start, before: lines.endIndex)
    }

    private func startsEntry(_ key: String, _ index: Int, after start: Int?) -> Bool {
        guard let start else { return true }
        let followsOneLine = start == index - 1
        if Self.known.contains(key) { return followsOneLine || !seen.contains(key) }
        return followsOneLine && !Self.speakers.contains(key.lowercased())
    }

    /// The key at the start of a line: a word and a colon with a blank or nothing behind it.
    private static func key(of line: String) -> String? {
        guard let colon = line.firstIndex(of: ":") else { return nil }
        let rest = line[line.index(after: colon)...]
        guard rest.isEmpty || rest.hasPrefix(" ") || rest.hasPrefix("\t") else { return nil }
        let key = line[..<colon]
        let isWord =
            key.first?.isLetter == true
            && key.utf8.allSatisfy {
                $0 == 0x2D || $0 == 0x5F || ($0 >= 0x30 && $0 <= 0x39)
                    || ($0 >= 0x41 && $0 <= 0x5A) || ($0 >= 0x61 && $0 <= 0x7A)
            }
        return isWord ? String(key) : nil
    }

    private mutating func close(_ start: Int?, before end: Int) {
        guard let start, let key = Self.key(of: lines[start]) else {
            reportLines(0..<end)
            return
        }
        let chunk = Array(lines[start..<end])
        let line = firstLine + start
        if entries.contains(where: { $0.key == key }) {
            problems.append(
                FrontMatter.Problem(
                    line: line, kind: .leftOut, what: "the key '\(key)'",
                    why: "it stands there twice; the first is used"))
            return
        }
        if let value = FrontMatterYaml.value(of: chunk) {
            entries.append(FrontMatter.Entry(key: key, line: line, value: value))
            return
        }
        entries.append(
            FrontMatter.Entry(key: key, line: line, value: Self.text(of: chunk, key)))
        problems.append(
            FrontMatter.Problem(
                line: line, kind: .assumed, what: "the key '\(key)'",
                why: "its value is not valid YAML; it is read as plain text"))
    }

    /// The text behind the colon and of the lines below, without quotes around the whole.
    private static func text(of chunk: [String], _ key: String) -> FrontMatterValue {
        var lines = chunk.map { trimmingEnd($0[...]) }
        lines[0] = lines[0].dropFirst(key.count + 1)
        let joined = lines.joined(separator: "\n")
        let text = trimmingEnd(joined.drop(while: \.isWhitespace))
        for quote in ["\"", "'"]
        where text.count >= 2 && text.hasPrefix(quote) && text.hasSuffix(quote) {
            // Two quotes inside are more likely to be two quoted words: "a" or "b".
            let inner = text.dropFirst().dropLast()
            let count = inner.count { String($0) == quote }
            if count == 0 || count % 2 == 1 { return .text(String(inner)) }
        }
        return text.isEmpty ? .null : .text(String(text))
    }

    private static func trimmingEnd(_ text: Substring) -> Substring {
        guard let last = text.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return text[...last]
    }

    private mutating func reportLines(_ range: Range<Int>) {
        for index in range where lines[index].contains(where: { !$0.isWhitespace }) {
            problems.append(
                FrontMatter.Problem(
                    line: firstLine + index, kind: .leftOut, what: "the line",
                    why: "it is no key of front matter"))
        }
    }
}
