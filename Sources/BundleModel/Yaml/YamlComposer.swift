import Yams

/// Composes a document with Yams, with some characters covered and some keys made different.
///
/// Yams refuses a key that occurs twice with the place of the first one only, and gives up. To
/// report the second, the first is marked with a character that occurs nowhere and the document is
/// composed again.
struct YamlComposer {
    private let source: YamlSource
    private let covered: [Int]
    /// The places where a character was inserted to tell a key from its repetition.
    private var marked: [SourceMark] = []

    /// A document that was composed.
    struct Composition {
        /// Its value; nil when there is none.
        let root: Node?
        fileprivate let marked: [SourceMark]
    }

    /// How often a document is composed to find repeated keys.
    private static let rounds = 4
    /// Characters for private use: allowed by YAML, without a meaning to it.
    private static let cover: Unicode.Scalar = "\u{E000}"
    private static let firstKeyMark: UInt32 = 0xE001

    init(source: YamlSource, covered: [Int]) {
        self.source = source
        self.covered = covered
    }

    /// Composes the one document of the file.
    mutating func compose() throws(YamlProblem) -> Composition {
        while true {
            let text = text()
            do {
                let parser = try Parser(
                    yaml: text, resolver: .basic, constructor: .default, encoding: .utf8)
                return Composition(root: try parser.singleRoot(), marked: marked)
            } catch let error as YamlError {
                try handle(error)
            } catch {
                throw YamlProblem("yaml-syntax", at: nil, "the document cannot be read")
            }
        }
    }

    /// Prepares for another round after a repeated key; throws what else is wrong.
    private mutating func handle(_ error: YamlError) throws(YamlProblem) {
        guard case .duplicatedKeysInMapping(let keys, let context) = error else {
            throw YamlProblem(error, in: source) { original(of: $0) }
        }
        let first = original(of: context.mark)
        let token = source.offsetBehindProperties(at: source.offset(of: first))
        let byte = source.byte(at: token)
        if byte == 0x5B || byte == 0x7B { throw .complexKey(at: source.mark(at: token)) }
        let isQuoted = byte == 0x22 || byte == 0x27
        let place = source.mark(at: isQuoted ? token + 1 : token)
        guard marked.count < Self.rounds, !marked.contains(place) else {
            let key = keys.first.map { Self.withoutMark($0[...]) } ?? ""
            throw YamlProblem(
                "duplicate-key", at: first,
                "the key \(KeyText.shown(key)) occurs again in the same map",
                hint: "keep one of the two")
        }
        marked.append(place)
    }

    // MARK: Text for Yams

    /// The text of the document with covers and marks.
    private func text() -> String {
        if covered.isEmpty, marked.isEmpty { return String(decoding: source.bytes, as: UTF8.self) }
        var edits = covered.map { (offset: $0, replaced: 1, scalar: Self.cover) }
        for (index, place) in marked.enumerated() {
            edits.append((source.offset(of: place), 0, Self.keyMark(index)))
        }
        // A mark stands before a cover at the same place.
        edits.sort { ($0.offset, $0.replaced) < ($1.offset, $1.replaced) }
        var text: [UInt8] = []
        text.reserveCapacity(source.bytes.count + 3 * edits.count)
        var next = 0
        for edit in edits {
            text += source.bytes[next..<edit.offset]
            text += Array(String(edit.scalar).utf8)
            next = edit.offset + edit.replaced
        }
        text += source.bytes[next...]
        return String(decoding: text, as: UTF8.self)
    }

    private static func keyMark(_ index: Int) -> Unicode.Scalar {
        Unicode.Scalar(firstKeyMark + UInt32(index)) ?? cover
    }

    /// The place in the file of a place in the text for Yams.
    ///
    /// At the end of a file without a line end libyaml counts one line more than there is.
    private func original(of mark: Mark) -> SourceMark {
        let place = Self.original(of: mark, marked: marked)
        return place.line > source.lines.count ? source.mark(at: source.bytes.count) : place
    }

    private static func original(of mark: Mark, marked: [SourceMark]) -> SourceMark {
        if marked.isEmpty { return SourceMark(line: mark.line, column: mark.column) }
        let inLine = marked.filter { $0.line == mark.line }.map(\.column).sorted()
        var column = mark.column
        for (index, place) in inLine.enumerated() where place + index < mark.column {
            column -= 1
        }
        return SourceMark(line: mark.line, column: column)
    }

    private static func withoutMark(_ key: Substring) -> String {
        guard let first = key.unicodeScalars.first,
            first.value >= firstKeyMark, first.value < firstKeyMark + UInt32(rounds)
        else { return String(key) }
        return String(key.unicodeScalars.dropFirst())
    }
}

extension YamlComposer.Composition {
    /// The place in the file of a composed value.
    func mark(of node: Node) -> SourceMark {
        node.mark.map { YamlComposer.original(of: $0, marked: marked) } ?? .start
    }

    /// The text of a key as it is in the file.
    func text(ofKey key: String) -> String {
        marked.isEmpty ? key : YamlComposer.withoutMark(key[...])
    }
}
