import BundleModel
import Testing

@Suite("Names and limits in the check of a bundle")
struct PathFindingTests {
    static let manifest = """
        schema: sheaf/bundle/v1
        workspace: acme
        bundle: broken
        """

    /// Checks a bundle with a manifest and empty files of these names.
    static func check(
        _ names: [[UInt8]], size: Int = 0, limits: ContentLimits = .standard
    ) -> [Finding] {
        let bytes = Array(manifest.utf8)
        return BundleCheck.run(
            entries: [(name: Array("bundle.yaml".utf8), size: bytes.count)]
                + names.map { (name: $0, size: size) },
            limits: limits, read: { $0.text == "bundle.yaml" ? bytes : [] }
        ).findings
    }

    @Test(
        "a name that breaks a rule is refused",
        arguments: [
            ("assets/a\u{7}b", "path-control-character", "malformed_bundle"),
            ("assets/a\u{202E}b", "path-control-character", "malformed_bundle"),
            ("assets/a:b", "path-reserved-character", "malformed_bundle"),
            ("assets/a\\b", "path-reserved-character", "malformed_bundle"),
            ("assets/ a", "path-outer-space", "malformed_bundle"),
            ("assets/a.", "path-trailing-dot", "malformed_bundle"),
            ("assets//a", "path-empty-component", "malformed_bundle"),
            ("/assets/a", "path-empty-component", "malformed_bundle"),
            ("assets/../a", "path-dot-component", "malformed_bundle"),
            ("assets/cafe\u{301}", "path-not-nfc", "malformed_bundle"),
            ("assets/con.txt", "path-device-name", "malformed_bundle"),
            ("assets/.GIT/config", "path-control-name", "malformed_bundle"),
            ("assets/.g\u{200C}it/config", "path-control-name", "malformed_bundle"),
            ("assets/git~1/config", "path-control-name", "malformed_bundle"),
            ("", "path-empty", "malformed_bundle"),
            (String(repeating: "a/", count: 16) + "a", "path-too-deep", "limit_exceeded"),
            ("assets/" + String(repeating: "a", count: 256), "path-too-long", "limit_exceeded"),
        ])
    func name(_ name: String, _ rule: String, _ code: String) {
        let findings = Self.check([Array(name.utf8)])
        #expect(findings.map(\.rule) == [rule])
        #expect(findings.map(\.code.rawValue) == [code])
    }

    @Test("a name that is not UTF-8 is refused and shown escaped")
    func encoding() {
        let findings = Self.check([Array("assets/".utf8) + [0xFF, 0x1B]])
        #expect(findings.map(\.rule) == ["path-not-utf8"])
        #expect(findings.first?.path == "assets/\u{FFFD}\\u{1b}")
    }

    @Test(
        "two names that are one on some file system are refused",
        arguments: [
            ["assets/Readme", "assets/README"],
            ["assets/straße", "assets/STRASSE"],
            ["assets/Σ", "assets/ς"],
            ["assets/K", "assets/\u{6B}"],
            ["assets/A/x", "assets/a/y"],
            ["assets/a", "assets/a/b"],
            ["assets/a/b", "assets/A"],
            ["assets/a", "assets/a"],
        ])
    func collision(_ names: [String]) {
        let findings = Self.check(names.map { Array($0.utf8) })
        #expect(findings.map(\.rule) == ["path-collision"])
        #expect(findings.map(\.code) == [.malformedBundle])
    }

    @Test("names that differ are no collision")
    func noCollision() {
        let names = ["assets/a", "assets/b/a", "assets/b/c", "assets/ab", "assets/é", "assets/e"]
        #expect(Self.check(names.map { Array($0.utf8) }) == [])
    }

    @Test(
        "a limit that is exceeded is reported",
        arguments: [
            (ContentLimits(files: 1), "too-many-files"),
            (ContentLimits(fileBytes: 99), "file-too-large"),
            (ContentLimits(bundleBytes: 150), "bundle-too-large"),
        ])
    func limit(_ limits: ContentLimits, _ rule: String) {
        let findings = Self.check([Array("assets/a".utf8)], size: 100, limits: limits)
        #expect(findings.map(\.rule) == [rule])
        #expect(findings.map(\.code) == [.limitExceeded])
    }

    @Test("a size that overflows a sum is reported, not trapped on")
    func overflow() {
        let findings = Self.check(
            [Array("assets/a".utf8), Array("assets/b".utf8)], size: Int.max)
        #expect(Set(findings.map(\.rule)) == ["bundle-too-large", "file-too-large"])
    }

    @Test("a bundle with endless findings is not read to its end")
    func endless() {
        var bundle = BundleFiles()
        let keys = (0..<600).map { "key\($0): 1\n" }.joined()
        for number in 0..<100 { bundle.files["profiles/p\(number).yaml"] = Array(keys.utf8) }
        let findings = bundle.check().findings
        #expect(findings.count >= BundleCheck.maximumFindings)
        #expect(findings.count < BundleCheck.maximumFindings + 2 * FindingLog.maximum)
    }

    @Test("a name of any length is shown shortened")
    func longName() {
        let findings = Self.check([Array(repeating: 0x61, count: 1 << 20)])
        #expect(findings.map(\.rule) == ["path-too-long"])
        #expect((findings.first?.path?.utf8.count ?? 0) <= 512)
    }

    @Test("nothing is read when there are too many files or bytes")
    func unread() {
        for limits in [ContentLimits(files: 1), ContentLimits(bundleBytes: 10)] {
            var reads = 0
            let result = BundleCheck.run(
                entries: BundleFiles.design.files.map { (Array($0.key.utf8), $0.value.count) },
                limits: limits
            ) { (_: BundlePath) -> [UInt8] in
                reads += 1
                return []
            }
            #expect(reads == 0)
            #expect(result.documents == nil)
        }
    }

    @Test("a document over its limit is not read, and one at its limit is")
    func documentLimit() {
        let size = BundleFiles.design.files["profiles/coder.yaml"]?.count ?? 0
        #expect(BundleFiles.design.check(limits: ContentLimits(documentBytes: size)).findings == [])
        let result = BundleFiles.design.check(limits: ContentLimits(documentBytes: size - 1))
        #expect(result.findings.map(\.rule) == ["document-too-large"])
        #expect(result.findings.map(\.path) == ["profiles/coder.yaml"])
    }

    @Test("assets hold any bytes, and YAML among them is only data")
    func assets() {
        var bundle = BundleFiles.design
        bundle.files["assets/data.bin"] = [0, 0xFF, 0xFE]
        bundle.files["assets/deploy.yaml"] = Array("a: &x 1\nb: *x\n".utf8)
        #expect(bundle.check().findings == [])
    }
}
