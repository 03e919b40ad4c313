import BundleModel
import Testing

@testable import BundleRepository

@Suite("What Git tells a hook of the server")
struct RefUpdateTests {
    private static let one = String(repeating: "1", count: 40)
    private static let none = String(repeating: "0", count: 40)

    @Test("a line is read with what is new and what is gone")
    func lines() throws {
        let moved = try #require(RefUpdate(line: "\(Self.one) \(Self.one) refs/heads/a b"))
        #expect(moved.name == "refs/heads/a b")
        #expect(moved.old?.hex == Self.one)
        #expect(try #require(RefUpdate(line: "\(Self.none) \(Self.one) x")).old == nil)
        #expect(try #require(RefUpdate(line: "\(Self.one) \(Self.none) x")).new == nil)
    }

    @Test(
        "anything else is no line",
        arguments: ["", "x", "\(one) \(one)", "\(one) \(one) ", "a b c"])
    func malformed(line: String) {
        #expect(RefUpdate(line: line) == nil)
    }

    @Test(
        "only branches of revisions and releases with valid ids are taken",
        arguments: [
            ("refs/heads/bundles/a", true), ("refs/heads/channels/a/b", true),
            ("refs/heads/bundles/", false), ("refs/heads/bundles", false),
            ("refs/heads/bundles/a/b", false), ("refs/heads/bundles/A", false),
            ("refs/heads/bundles/a.lock", false), ("refs/heads/bundles/-a", false),
            ("refs/heads/bundles/con", false), ("refs/heads/channels/a", false),
            ("refs/heads/channels/a/b/c", false), ("refs/heads/channels//b", false),
            ("refs/heads/channels/a/12", false), ("refs/heads/main", false), ("HEAD", false),
            ("refs/tags/bundles/a", false), ("refs/heads/bundles/a\u{0}", false),
        ])
    func branches(name: String, isTaken: Bool) {
        #expect(((try? GatedBranch(name)) != nil) == isTaken)
    }
}
