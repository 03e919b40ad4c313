import BundleModel
import Testing

@Suite("Selecting a profile")
struct SelectorTests {
    private static func failure(
        _ selector: String, documents: BundleDocuments?, builtins: [String: String] = [:]
    ) throws -> SheafError? {
        let resolver = ProfileResolver(
            documents: documents, builtins: try ProfileTexts.builtins(builtins))
        let parsed = try ProfileSelector(selector)
        return #expect(throws: SheafError.self) { try resolver.resolve(parsed) }
    }

    @Test("a named selector never finds a builtin")
    func named() throws {
        let documents = try ProfileTexts.documents(["other": "label: A"])
        let error = try Self.failure("coder", documents: documents, builtins: ["coder": ""])
        #expect(error?.code == .invalidProfileSelector)
    }

    @Test("a builtin selector never finds a profile of the bundle, nor works beside one")
    func builtin() throws {
        let documents = try ProfileTexts.documents(["coder": "label: A"])
        for builtins in [[:], ["coder": "label: B"]] {
            let error = try Self.failure("builtin:coder", documents: documents, builtins: builtins)
            #expect(error?.code == .invalidProfileSelector)
        }
        let resolver = ProfileResolver(
            documents: nil, builtins: try ProfileTexts.builtins(["coder": "label: B"]))
        #expect(try resolver.resolve(ProfileSelector("builtin:coder")).label == "B")
    }

    @Test("a named selector and the default need a bundle")
    func required() throws {
        for selector in ["coder", "named:coder", ""] {
            let error = try Self.failure(selector, documents: nil, builtins: ["coder": ""])
            #expect(error?.code == .bundleRequired)
        }
    }

    @Test("the default is the bundle's, and its absence is an error")
    func bundleDefault() throws {
        let documents = try ProfileTexts.documents(["a": "label: A"], defaultProfile: "a")
        let profile = try ProfileResolver(documents: documents).resolve(.bundleDefault)
        #expect(profile.reference.description == "a")
        let error = try Self.failure("", documents: ProfileTexts.documents(["a": ""]))
        #expect(error?.code == .invalidProfileSelector)
    }

    @Test("a profile that does not exist is refused with the one that was meant")
    func missing() throws {
        let documents = try ProfileTexts.documents(["reviewer": "", "coder": ""])
        let error = try Self.failure("reveiwer", documents: documents)
        #expect(error?.code == .invalidProfileSelector)
        #expect(error?.hint == "did you mean 'reviewer'?")
    }

    @Test("a missing builtin parent is refused when the profile is resolved")
    func missingBuiltin() throws {
        let documents = try ProfileTexts.documents(["a": "extends: builtin:coder"])
        let error = try Self.failure("a", documents: documents)
        #expect(error?.code == .invalidProfileSelector)
        #expect(error?.message.contains("builtin:coder") == true)
    }

    @Test("builtins that extend each other in a circle are refused, not followed for ever")
    func builtinCycle() throws {
        let error = try Self.failure(
            "builtin:a", documents: nil, builtins: ["a": "extends: b", "b": "extends: builtin:a"])
        #expect(error?.code == .invalidProfileSelector)
    }

    @Test("what a builtin parent names and the bundle does not have is refused")
    func builtinReferences() throws {
        let documents = try ProfileTexts.documents(["a": "extends: builtin:coder"])
        for text in [
            "model: none", "plugins: [none]", "grants: [none]", "prompts: { x: prompts/none.md }",
        ] {
            let error = try Self.failure("a", documents: documents, builtins: ["coder": text])
            #expect(error?.code == .invalidProfileSelector)
            #expect(error?.message.contains("none") == true)
            #expect(error?.message.contains("builtin:coder:2") == true)
        }
    }

    @Test("a long chain resolves without deep recursion")
    func longChain() throws {
        var profiles = ["p0": "label: root"]
        for level in 1..<3000 { profiles["p\(level)"] = "extends: p\(level - 1)" }
        let profile = try ProfileTexts.resolve("p2999", in: profiles)
        #expect(profile.lineage.count == 3000)
        #expect(profile.label == "root")
    }
}
