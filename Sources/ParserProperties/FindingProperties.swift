internal import BundleModel

/// What holds for the findings in any file.
struct FindingProperties {
    /// Characters in each line of the file, its line break not counted.
    private let lineLengths: [Int]
    private let input: String

    init(_ bytes: [UInt8]) {
        input = String(decoding: bytes, as: UTF8.self)
        // Columns count characters, so bytes that continue one are left out.
        lineLengths = bytes.split(separator: 0x0A, omittingEmptySubsequences: false).map {
            $0.count { $0 & 0xC0 != 0x80 }
        }
    }

    func check(_ findings: [Finding], atMost limit: Int) throws(BrokenProperty) {
        try require(findings.count <= limit, "there are at most \(limit) findings")
        for finding in findings {
            try checkPlace(line: finding.line, column: finding.column)
            try checkText(finding.message)
            if let hint = finding.hint { try checkText(hint) }
        }
    }

    func checkPlace(line: Int?, column: Int?) throws(BrokenProperty) {
        guard let line else { return }
        let isLine = line >= 1 && line <= lineLengths.count
        try require(isLine, "a line is in the file", found: "line \(line)")
        guard let column else { return }
        // One behind the last character is where something is missing.
        try require(
            column >= 1 && column <= lineLengths[line - 1] + 1, "a column is in its line",
            found: "line \(line), column \(column)")
    }

    /// Words with a digit and a letter in it that our own messages have.
    private static let ownWords: Set<String> = ["sha256", "40acme"]

    /// Checks that a text for people repeats no word of the file that could be a value.
    ///
    /// Ids and keys that are plain words are shown, so only other words with a digit and a letter
    /// are looked for; of those four characters may be repeated.
    func checkText(_ text: String) throws(BrokenProperty) {
        let quoted = text.split(separator: "'", omittingEmptySubsequences: false)
        let unnamed = quoted.filter { (try? ProfileID(String($0))) == nil }.joined(separator: " ")
        for word in unnamed.split(whereSeparator: { !$0.isASCII || !($0.isLetter || $0.isNumber) })
        {
            guard word.utf8.count > 4, word.contains(where: \.isNumber),
                word.contains(where: \.isLetter), !Self.ownWords.contains(String(word))
            else { continue }
            try require(
                !input.utf8.contains(word.utf8), "a finding repeats nothing of the file",
                found: "\(word) in: \(text)")
        }
        let isClean = text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F }
        try require(isClean, "a finding has no control character", found: text.debugDescription)
    }
}

extension Collection where Element: Equatable {
    /// Whether another collection stands in this one.
    func contains(_ part: some Collection<Element>) -> Bool {
        var rest = self[...]
        while !rest.isEmpty {
            if rest.starts(with: part) { return true }
            rest = rest.dropFirst()
        }
        return part.isEmpty
    }
}
