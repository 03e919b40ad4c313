import Testing

@testable import BundleModel

@Suite("Hostile texts cost the rules against host paths no more than others")
struct HostPathHostileTests {
    static let units = [
        "/", "../", "..\\", "~", "~/", "$HOME", "${HOME}", "%2e%2e", "%2e%2e/", "%", "%25", "\\",
        "\\\\", "@", "/tmp", "/tmp/x", "://", "a://", "file:", "file:/", "a/", "./", ".a/", "c:/",
        "<a>/", "> /", "=/", "-v ", "/home/", "%HOME%", "unix:", "x.sock", "/a.sock", " /", "$",
    ]

    @Test("one thing, to the end of a long text", arguments: units)
    func repeated(unit: String) {
        let text = Array(String(repeating: unit, count: 65_536 / unit.utf8.count).utf8)
        let scan = HostPathScan()
        let value = ScannedValue(
            keys: [Array("cwd".utf8)], text: text, style: .quoted, line: 1, column: 1,
            pairName: nil)
        #expect(scan.matches(in: value).count <= text.count)
        #expect(scan.matches(inProse: text.span).count <= text.count)
    }
}
