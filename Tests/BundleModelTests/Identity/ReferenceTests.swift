import BundleModel
import Testing

@Suite("What people write to name things")
struct ReferenceTests {
    private static let commit = "0123456789abcdef0123456789abcdef01234567"
    private static let digest = "sha256:" + String(repeating: "0a", count: 32)

    @Test("every form of a reference is read and written back")
    func references() throws {
        let bundle = try BundleID("support-agents")
        let forms: [(String, BundleReference.Selector)] = [
            ("support-agents", .newest),
            ("support-agents@12", .revision(12)),
            ("support-agents@stable", .channel(try ChannelID("stable"))),
            ("support-agents@1.x", .channel(try ChannelID("1.x"))),
            (
                "support-agents@\(Self.commit)",
                .commit(try #require(CommitID(Self.commit)))
            ),
            (
                "support-agents@\(Self.digest)",
                .digest(try #require(BundleDigest(Self.digest)))
            ),
        ]
        for (text, selector) in forms {
            let reference = try BundleReference(text)
            #expect(reference == BundleReference(bundle: bundle, selector: selector))
            #expect(reference.description == text)
        }
    }

    @Test(
        "anything else is an invalid request",
        arguments: [
            "", "@", "a@", "@1", "A@1", "a@0", "a@01", "a@-1", "a@99999999999999999999", "a@b@c",
            "a/b", "a@refs/heads/x", "a@sha256:00", "a@SHA256:" + String(repeating: "0", count: 64),
            "a@" + String(repeating: "A", count: 40), "a@HEAD", "a@stable ",
        ])
    func badReferences(text: String) {
        let error = #expect(throws: SheafError.self) { try BundleReference(text) }
        #expect(error?.code == .invalidRequest)
    }

    @Test("every form of a profile selector is read and written back")
    func selectors() throws {
        #expect(try ProfileSelector("") == .bundleDefault)
        #expect(try ProfileSelector("coder") == .named(ProfileID("coder")))
        #expect(try ProfileSelector("named:coder") == .named(ProfileID("coder")))
        #expect(try ProfileSelector("builtin:coder") == .builtin(ProfileID("coder")))
        #expect(try ProfileSelector("coder").description == "named:coder")
        #expect(try ProfileSelector("builtin:coder").description == "builtin:coder")
        #expect(try ProfileSelector("").description == "")
    }

    @Test(
        "anything else is an invalid selector",
        arguments: [
            "Coder", "builtin:", "named:", "other:coder", "builtin:a:b", "../coder", "-coder",
            "profiles/coder", " coder",
        ])
    func badSelectors(text: String) {
        let error = #expect(throws: SheafError.self) { try ProfileSelector(text) }
        #expect(error?.code == .invalidProfileSelector)
    }

    @Test("a pin is read and written back")
    func pins() throws {
        let text = "acme/support-agents@\(Self.commit)@\(Self.digest)"
        let pin = try ConfigBundleRef(text)
        #expect(pin.workspace.rawValue == "acme")
        #expect(pin.bundle.rawValue == "support-agents")
        #expect(pin.commit.hex == Self.commit)
        #expect(pin.description == text)
    }

    @Test(
        "anything else is no pin",
        arguments: [
            "", "acme/a", "acme/a@\(commit)", "a@\(commit)@\(digest)",
            "acme/a/b@\(commit)@\(digest)", "acme/a@\(commit)@\(digest)@x",
            "acme/A@\(commit)@\(digest)", "acme/a@\(digest)@\(commit)", "acme/a@stable@\(digest)",
        ])
    func badPins(text: String) {
        let error = #expect(throws: SheafError.self) { try ConfigBundleRef(text) }
        #expect(error?.code == .invalidRequest)
    }

    @Test(
        "names of tools are wider than ids",
        arguments: ["Read", "mcp__tickets__search", "_x", "a:b", "A.b-c", "0", "x"])
    func tools(text: String) {
        #expect(ToolName(text)?.rawValue == text)
    }

    @Test(
        "but not anything",
        arguments: [
            "", "-x", ".x", ":x", "a b", "a/b", "a*", "é", "a\n", "Bash(git:*)",
            String(repeating: "a", count: 129),
        ])
    func badTools(text: String) {
        #expect(ToolName(text) == nil)
    }
}
