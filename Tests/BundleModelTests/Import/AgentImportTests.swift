import BundleModel
import Foundation
import TestSupport
import Testing

@Suite("The import of Markdown agents")
struct AgentImportTests {
    private func agent(_ head: String, body: String = "Prompt.\n") throws -> ImportedBundle {
        try ImportedBundle(["a.md": "---\n\(head)\n---\n\(body)"])
    }

    @Test("the fixtures become one bundle that passes the check")
    func fixtures() throws {
        let bundle = try ImportedBundle(files: Fixtures.files(below: Fixtures.url("agents")))
        #expect(bundle.check.findings == [])
        #expect(
            bundle.result.profiles.map(\.rawValue) == [
                "agent-3f750f0b", "agents", "backend-architect", "code-reviewer", "coder",
                "frontend-architect", "release-notes", "summariser", "ticket-search", "triage",
            ])
        #expect(
            bundle.text("profiles/ticket-search.yaml") == """
                schema: sheaf/profile/v1
                description: "Finds tickets like this one: by words, by component, by stack trace"
                model: haiku
                prompts:
                  system: prompts/ticket-search.md
                tools:
                  Bash: deny
                  Edit: deny
                  Grep: deny
                  Read: deny
                  WebFetch: allow
                  mcp__tickets__get: allow
                  mcp__tickets__search: allow
                settings:
                  maxTurns: 12

                """)
        #expect(
            bundle.text("bundle.yaml") == """
                schema: sheaf/bundle/v1
                workspace: acme
                bundle: agents
                defaultProfile: agents

                """)
        #expect(bundle.result.unmapped.map(\.location) == ["reviewer.md:12"])
        #expect(bundle.result.notes.count == 11)
    }

    @Test("the prompt is the text below the front matter, byte for byte")
    func body() throws {
        let body = "\n\nline\r\n---\n\ttab  \n\u{1F468}\u{200D}\u{1F4BB} 日本語 without line end"
        let bundle = try agent("name: a\ndescription: d", body: body)
        #expect(bundle.text("prompts/a.md") == body)
        let crlf = try ImportedBundle(["a.md": "---\r\nname: a\r\n---\r\nOne\r\nTwo\r\n"])
        #expect(crlf.bytes("prompts/a.md") == Array("One\r\nTwo\r\n".utf8))
        let marked = try ImportedBundle(["a.md": "\u{FEFF}---\nname: a\n--- \nText"])
        #expect(marked.text("prompts/a.md") == "Text")
        #expect(marked.check.findings == [])
    }

    @Test("AGENTS.md becomes a profile named after its directory, or after the bundle")
    func instructions() throws {
        let bundle = try ImportedBundle([
            "AGENTS.md": "# Top\n", "tools/web/AGENTS.md": "# Web\n", ".claude/AGENTS.md": "# C\n",
        ])
        #expect(bundle.check.findings == [])
        #expect(bundle.text("prompts/web.md") == "# Web\n")
        // Two would be named after the bundle, so neither is.
        let names = bundle.result.profiles.map(\.rawValue)
        #expect(names.count == 3)
        #expect(!names.contains("agents"))
        let single = try ImportedBundle(["AGENTS.md": "# Top\n"])
        #expect(single.text("profiles/agents.yaml")?.contains("prompts/agents.md") == true)
        #expect(single.check.documents?.manifest.defaultProfile?.value.rawValue == "agents")
    }

    @Test(
        "a description comes back as it was written",
        arguments: [
            "Plain text", "no", "1.10", "2024-01-01", "null", "a: b", "a #b", "\"quoted\"", "'",
            "back\\slash and \\n as two characters", "ends with colon:", "- dash", "# hash", "*",
            "tab\tinside", "日本語の説明: 例", "emoji \u{1F468}\u{200D}\u{1F4BB}", "a \u{301}b",
            "[list]", "{map}", "&anchor", "!tag", "| pipe", "> more", "%", "@", "`", "---",
            String(repeating: "word ", count: 60) + "end",
            "first\n\nsecond\n  indented\nthird", "line with blanks  \nnext", "trailing\n",
            "two at the end\n\n", "\nat the start", "  indented start\nnext", "a\n \nb", "a\n\tb",
        ])
    func description(text: String) throws {
        let json = String(decoding: try JSONEncoder().encode(text), as: UTF8.self)
            .replacing("\\/", with: "/")
        let bundle = try agent("name: a\ndescription: \(json)")
        #expect(bundle.check.findings == [])
        #expect(bundle.result.notes == [])
        #expect(try bundle.profile("a")?.description?.value == text)
    }

    @Test("any description comes back as it was written")
    func anyDescription() throws {
        var random = SplitMix64(state: 11)
        let pieces = [
            "a", "word", " ", "  ", "\n", "\n\n", "\t", ":", ": ", " #", "#", "- ", "-", "?", "\"",
            "'", "\\", "[", "]", "{", "}", ",", "&", "*", "!", "|", ">", "%", "@", "`", "=", "~",
            "1", "0x1F", "null", "true", "\u{301}", "日本", "\u{2028}", "\u{202E}",
            "\u{1F468}\u{200D}\u{1F4BB}", "\r", "\r\n", "---", "...", "\u{A0}",
            "a longer run of words that fills a line or two of a folded block ",
        ]
        for _ in 0..<500 {
            var text = ""
            for _ in 0..<Int.random(in: 1...12, using: &random) {
                text += pieces.randomElement(using: &random) ?? ""
            }
            let json = text.unicodeScalars.map { scalar in
                switch scalar {
                case "\"", "\\": "\\\(scalar)"
                default:
                    "\\U" + String(repeating: "0", count: 8 - String(scalar.value, radix: 16).count)
                        + String(scalar.value, radix: 16)
                }
            }.joined()
            let bundle = try agent("name: a\ndescription: \"\(json)\"")
            #expect(bundle.check.findings == [], "\(text.debugDescription)")
            #expect(bundle.result.notes == [], "\(text.debugDescription)")
            let found = try bundle.profile("a")?.description?.value
            #expect(found.map { Array($0.utf8) } == Array(text.utf8), "\(text.debugDescription)")
        }
    }

    @Test("a description that is not YAML is taken as text, with a note")
    func looseDescription() throws {
        let bundle = try agent(
            """
            name: a
            description: Use this agent when: it is late. Examples:

            <example>
            Context: a user asks
            user: "now?"
            assistant: "later"
            </example>
            model: opus
            tools: Read
            """)
        #expect(
            try bundle.profile("a")?.description?.value == """
                Use this agent when: it is late. Examples:

                <example>
                Context: a user asks
                user: "now?"
                assistant: "later"
                </example>
                """)
        #expect(try bundle.profile("a")?.model?.value.rawValue == "opus")
        #expect(
            bundle.notes("a.md") == [
                "a.md:3: the key 'description': its value is not valid YAML; it is read as plain "
                    + "text"
            ])
    }

    @Test(
        "sloppy heads are read as people mean them",
        arguments: [
            ("name: a\ndescription: it's: 'fine'", "it's: 'fine'"),
            ("name: a\ndescription: 'it's fine'", "it's fine"),
            ("name: a\ndescription: \"a\" or \"b\"", "\"a\" or \"b\""),
            ("name: a\ndescription: @someone", "@someone"),
            ("name: a\ndescription: a\\n\\n<b>: c", "a\\n\\n<b>: c"),
            ("description: a: b\nname: a\nversion: 2", "a: b"),
            ("name: a\ndescription: a: b\n  and: c", "a: b\n  and: c"),
        ])
    func sloppy(head: String, description: String) throws {
        let bundle = try agent(head)
        #expect(bundle.check.findings == [])
        #expect(try bundle.profile("a")?.description?.value == description)
    }

    @Test("nothing is left out without a note")
    func notes() throws {
        let bundle = try agent(
            """
            # a comment
            name: a
            permissionMode: plan
            hooks: { Stop: [{ command: x }] }
            color:
            maxTurns: many
            description: [a, b]
            """)
        #expect(
            bundle.result.unmapped.map(\.description) == [
                "a.md:2: a comment: comments of front matter are not carried over",
                "a.md:4: the key 'permissionMode': a profile has no such key",
                "a.md:5: the key 'hooks': a profile has no such key",
                "a.md:6: the key 'color': it has no value",
                "a.md:7: the key 'maxTurns': its value is of another type than expected",
                "a.md:8: the key 'description': its value is of another type than expected",
            ])
        let twice = try agent("name: a\ndescription: d\nname: b")
        #expect(twice.result.profiles.map(\.rawValue) == ["a"])
        #expect(twice.result.unmapped.map(\.line) == [4])
        let control = try agent("name: a\ndescription: bell \u{7} end")
        #expect(control.check.findings == [])
        #expect(try control.profile("a")?.description?.value == "bell  end")
        #expect(control.result.unmapped.count == 1)
    }

    @Test("files that are no agents stay as files, and say why")
    func otherFiles() throws {
        let bundle = try ImportedBundle(files: [
            ("README.md", Array("# Read\n".utf8)), ("LICENSE", Array("MIT\n".utf8)),
            ("docs/README.md", Array("---\nname: x\n---\n".utf8)),
            ("post.md", Array("---\ntitle: x\n---\n".utf8)),
            ("open.md", Array("---\nname: x\n".utf8)), ("empty.md", []),
            ("binary.md", [0xFF, 0xFE]), ("zero.md", [0x61, 0]),
            (".claude/commands/fix.md", Array("---\ndescription: x\n---\n".utf8)),
            ("a:b.txt", [1]), ("x/../y", [1]),
            (
                "long.md",
                Array("---\nname: ".utf8)
                    + [UInt8](repeating: 0x61, count: 70_000) + Array("\n---\n".utf8)
            ),
            ("big.bin", [UInt8](repeating: 0, count: (8 << 20) + 1)),
            ("same.txt", [1]), ("same.txt", [2]), ("Same.txt", [3]),
        ])
        #expect(bundle.check.findings == [])
        #expect(bundle.result.profiles == [])
        #expect(
            Set(bundle.result.files.map(\.path.text)) == [
                "README.md", "LICENSE", "bundle.yaml", "assets/docs/README.md", "assets/post.md",
                "assets/open.md", "assets/empty.md", "assets/binary.md", "assets/zero.md",
                "assets/.claude/commands/fix.md", "assets/long.md", "assets/Same.txt",
                "assets/renamed/same-ed9d104a.txt",
            ])
        #expect(
            bundle.result.unmapped.map(\.path) == ["a:b.txt", "big.bin", "same.txt", "x/../y"])
        #expect(bundle.result.notes.count { $0.kind == .kept } == 10)
        #expect(bundle.result.notes.count { $0.kind == .renamed } == 1)
    }

    @Test("the order of the input does not matter")
    func order() throws {
        let files = try Fixtures.files(below: Fixtures.url("agents"))
        let first = try ImportedBundle(files: files)
        let second = try ImportedBundle(files: files.reversed())
        #expect(first.result.files.map(\.path) == second.result.files.map(\.path))
        #expect(first.result.files.map(\.bytes) == second.result.files.map(\.bytes))
        #expect(first.result.notes == second.result.notes)
    }

    @Test("no bytes make it fail")
    func anyBytes() throws {
        var random = SplitMix64(state: 7)
        let pieces = [
            "---\n", "name: a\n", "description:", " >-\n", " |\n", "  x\n", "tools: [", "]", "{",
            "}",
            "\r\n", "\u{FEFF}", "\0", "\t", "- ", "? ", "&a ", "*a ", "!t ", "\"", "'", "#", "日",
            ":",
            "---", "...", "%YAML", "\u{2028}", "\n",
        ]
        for _ in 0..<500 {
            var text = Bool.random(using: &random) ? "---\nname: a\n" : ""
            for _ in 0..<Int.random(in: 0...30, using: &random) {
                text += pieces.randomElement(using: &random) ?? ""
            }
            if Bool.random(using: &random) { text += "\n---\nbody" }
            let bundle = try ImportedBundle(["x/a.md": text])
            #expect(bundle.check.findings == [], "\(text.debugDescription)")
        }
        let deep = "---\nname: a\ntools: " + String(repeating: "[", count: 60_000) + "\n---\nx"
        #expect(try ImportedBundle(["a.md": deep]).check.findings == [])
    }
}
