import BundleModel
import Testing

@Suite("The digest of a resolved profile")
struct ResolvedDigestTests {
    private static let profile = """
        label: "A \\"b\\" \\\\ \\u3042"
        engine: x
        model: main
        prompts: { system: prompts/a.md }
        tools: { edit: ask }
        plugins: [tickets]
        grants: [dir]
        settings: { z: 1, a: [true, "no", 0.5, 2.0] }
        labels: { t: s }
        """

    @Test("the canonical form is written as documented")
    func canonical() throws {
        let profile = try ProfileTexts.resolve("a", in: ["a": Self.profile])
        let text =
            #"{"assets":[],"declarations":["#
            + #"{"access":"read","kind":"mount_grant","name":"dir","ref":"mount:dir","required":true},"#
            + #"{"kind":"secret_ref","name":"key","ref":"secret:key","required":true},"#
            + #"{"kind":"network_policy","name":"net","ref":"network:net","required":true}],"#
            + #""engine":"x","grants":["dir"],"label":"A \"b\" \\ あ","labels":{"t":"s"},"#
            + #""model":{"credential":"key","model":"m","name":"main","parameters":{},"provider":"p"},"#
            + #""plugins":[{"grants":["net"],"id":"tickets","package":"pkg:npm/tickets@1.0","#
            + #""sha256":"\#(String(repeating: "ab", count: 32))","version":"1.0"}],"#
            + #""prompts":{"system":"prompts/a.md"},"settings":{"a":[true,"no",0.5,2],"z":1},"#
            + #""tools":{"edit":"ask","read":"allow","shell":"deny"},"workflows":[]}"#
        #expect(profile.canonicalJSON == text)
        #expect(profile.digest == SHA256Value(hashing: Array(text.utf8)))
    }

    @Test("profiles that mean the same have the same digest, whatever their name and ancestors")
    func same() throws {
        let profiles = [
            "a": "label: A\nsettings: { x: 1, y: 2 }",
            "parent": "label: Z\nsettings: { y: 2, w: 3 }",
            "b": "extends: parent\nlabel: 'A'\nsettings: { w: null, x: 1 }",
        ]
        let first = try ProfileTexts.resolve("a", in: profiles)
        let second = try ProfileTexts.resolve("b", in: profiles)
        #expect(first.digest == second.digest)
        #expect(first.digest.hex.count == 64)
    }

    @Test(
        "every effective value changes the digest",
        arguments: [
            "label: B", "description: B", "engine: y", "model: fast",
            "prompts: { x: prompts/b.md }",
            "workflows: [workflows/a.md]", "tools: { edit: deny }", "plugins: [tickets]",
            "grants: [dir]", "assets: [assets/a]", "settings: { x: '1' }", "labels: { x: y }",
        ])
    func changes(_ line: String) throws {
        let base = "settings: { x: 1 }\n"
        let other = line.hasPrefix("settings") ? line : base + line
        let first = try ProfileTexts.resolve("a", in: ["a": base])
        let second = try ProfileTexts.resolve("a", in: ["a": other])
        #expect(first.digest != second.digest)
    }
}
