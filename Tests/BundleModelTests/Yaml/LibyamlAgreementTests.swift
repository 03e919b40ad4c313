import BundleModel
import Testing
import Yams

/// What this parser accepts, libyaml reads to the same values at the same places.
@Suite("Agreement with libyaml")
struct LibyamlAgreementTests {
    /// A tree that both readers are brought into.
    indirect enum Tree: Equatable {
        case scalar(String, isPlain: Bool)
        case sequence([Tree])
        case mapping([Pair])

        struct Pair: Equatable {
            let key: String
            let line: Int
            let column: Int
            let value: Tree
        }

        init(_ node: YamlNode) {
            switch node.content {
            case .scalar(let text, let isPlain): self = .scalar(text, isPlain: isPlain)
            case .sequence(let items): self = .sequence(items.map(Tree.init))
            case .mapping(let entries):
                self = .mapping(
                    entries.map {
                        Pair(
                            key: $0.key, line: $0.keyMark.line, column: $0.keyMark.column,
                            value: Tree($0.value))
                    })
            }
        }

        init?(_ node: Node) {
            switch node {
            case .scalar(let scalar):
                self = .scalar(scalar.string, isPlain: scalar.style == .plain)
            case .sequence(let sequence):
                let items = sequence.compactMap(Tree.init)
                guard items.count == sequence.count else { return nil }
                self = .sequence(items)
            case .mapping(let mapping):
                var pairs: [Pair] = []
                for (key, value) in mapping {
                    guard case .scalar(let scalar) = key, let mark = scalar.mark,
                        let tree = Tree(value)
                    else { return nil }
                    pairs.append(
                        Pair(
                            key: scalar.string, line: mark.line, column: mark.column, value: tree))
                }
                self = .mapping(pairs)
            case .alias: return nil
            }
        }
    }

    static func libyaml(_ text: String) -> Tree? {
        guard let parser = try? Parser(yaml: text, resolver: .basic, encoding: .utf8),
            let node = try? parser.singleRoot()
        else { return nil }
        return Tree(node)
    }

    @Test(
        "a value is read as libyaml reads it",
        arguments: [
            "a: b", "a:\n- b\n- c", "a:\n  - b\n  -\n    c: d\n    e: f",
            "- - a\n  - b\n- c: d\n  e: f",
            "a: b\n  c\n\n  d # e", "a: 'it''s'\nb: \"x\\ty\\u3042\\x41\\\n  z\"",
            "a: \"x\n  y\n\n  z  \"", "a: 'x\n\n\n  y'", "a: |\n  x\n    y\n\n  z\n\nb: c",
            "a: >\n  x\n  y\n\n  z\n    more\n  end\n", "a: |-\n  x\n\n\nb: >+\n  y\n\n\nc: d",
            "a: |2\n   x\n  y", "a: |\n\n  x", "a: >-\n\n  x\n\n\n  y", "a: |\nb: c",
            "a: [b, 'c', \"d\"]",
            "a: {b: c, \"d\":e, f: [g, {h: i}], j: , k}", "a: [\n  b, # c\n  d,\n]", "a: {\n}",
            "a:\nb: ~\nc: null", "---\na: b\n...\n", "# c\n\na: b # d\n# e\n", "a: b#c",
            "a: http://x/y:z",
            "a: -1\nb: ?x\nc: :y\nd: - ", "日本語: 値\né: 'ü'", "a: \"\\\"\\\\\\/\\n\"",
            "a: b\r\nc: d\r\n",
            "a: |\r\n  x\r\n  y\r\nb: c", "a:   b   \nc  : d", "'a b': c\n\"d\\x65\": f",
            "a: x y: z",
            "a: [b c, d\n  e]", "- a\n-\n- - b\n  -\n", "a: |\n  # not a comment\n",
            "a: '# neither'",
            "a:\n    b:\n        c: d\n    e: f", "a: >\n\n\n  x\n", "a: |+\n\n\nb: c",
            "a: \"  x  \"",
        ])
    func same(_ text: String) {
        let read = YamlText(text)
        if let root = read.root, read.findings.isEmpty {
            #expect(Tree(root) == Self.libyaml(text))
        } else {
            // Refused on purpose, or refused by both.
            #expect(text == "a: x y: z" || text.hasPrefix("a: -1") || Self.libyaml(text) == nil)
        }
    }

    @Test(
        "documents of the fixtures are read as libyaml reads them", arguments: BundleFixture.bundles
    )
    func fixtures(_ fixture: BundleFixture) throws {
        for (path, bytes) in try fixture.load().files where path.hasSuffix(".yaml") {
            let read = YamlText(bytes: bytes)
            let root = try #require(read.root, "\(path)")
            #expect(Tree(root) == Self.libyaml(String(decoding: bytes, as: UTF8.self)), "\(path)")
        }
    }

    @Test("what is accepted among random documents, libyaml reads alike", arguments: 1...8)
    func random(_ seed: UInt64) {
        var source = RandomYaml(seed: seed)
        var accepted = 0
        for _ in 0..<1500 {
            let text = source.next()
            let read = YamlText(text)
            guard let root = read.root, read.findings.isEmpty else { continue }
            accepted += 1
            #expect(Tree(root) == Self.libyaml(text), "\(text.debugDescription)")
        }
        #expect(accepted > 300)
    }

    @Test("documents of the fixtures that were damaged are refused or read alike", arguments: 1...4)
    func damaged(_ seed: UInt64) throws {
        var random = SeededNumbers(seed: seed)
        let pieces = ["\n", " ", "  ", ":", ": ", "- ", "#", "'", "\"", "[", "}", "|", "\n  ", ","]
        for fixture in BundleFixture.bundles {
            for (path, bytes) in try fixture.load().files.sorted(by: { $0.key < $1.key })
            where path.hasSuffix(".yaml") {
                var characters = Array(String(decoding: bytes, as: UTF8.self))
                for _ in 0..<Int.random(in: 1...3, using: &random) {
                    let place = Int.random(in: 0..<characters.count, using: &random)
                    if Bool.random(using: &random) {
                        characters.remove(at: place)
                    } else {
                        let piece = pieces.randomElement(using: &random) ?? " "
                        characters.insert(contentsOf: piece, at: place)
                    }
                }
                let text = String(characters)
                let read = YamlText(text)
                guard let root = read.root, read.findings.isEmpty else { continue }
                #expect(Tree(root) == Self.libyaml(text), "\(text.debugDescription)")
            }
        }
    }
}
