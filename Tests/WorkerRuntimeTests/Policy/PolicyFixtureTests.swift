import BundleModel
import Foundation
import TestSupport
import Testing
import WorkerRuntime

/// `fixtures/policies`: policies that are right, and broken ones with what must be found in them.
@Suite("The example host policies")
struct PolicyFixtureTests {
    static let directory = Fixtures.url("policies")
    static let rightFiles = ["default.yaml", "full.yaml", "minimal.yaml"]
    static let brokenFiles: [String] = {
        let files = try? FileManager.default.contentsOfDirectory(
            atPath: directory.appending(path: "broken").path(percentEncoded: false))
        return (files ?? []).filter { $0.hasSuffix(".yaml") }.sorted()
    }()

    /// `line rule` of every finding, by file; a rule `*` stands for any, where the YAML library
    /// decides what it calls it.
    static func expected() throws -> [String: [String]] {
        let text = String(
            decoding: try Fixtures.bytes("policies/broken/expected.txt"), as: UTF8.self)
        var expected: [String: [String]] = [:]
        for line in text.split(separator: "\n") where !line.hasPrefix("#") {
            let words = line.split(separator: " ").map(String.init)
            expected[words[0], default: []].append("\(words[1]) \(words[2])")
        }
        return expected
    }

    @Test("is read without a finding", arguments: rightFiles)
    func good(_ file: String) throws {
        _ = try PolicyDraft(Fixtures.bytes("policies/\(file)")).read()
    }

    @Test("is refused with every finding at once and its line", arguments: brokenFiles)
    func broken(_ file: String) throws {
        let draft = try PolicyDraft(Fixtures.bytes("policies/broken/\(file)"))
        let error = #expect(throws: SheafError.self) { try draft.read() }
        guard let error else { return }
        #expect(error.code == .hostPolicyInvalid)
        #expect(error.findings.allSatisfy { $0.code == .hostPolicyInvalid })
        #expect(error.findings.allSatisfy { $0.path == draft.path })
        let expected = try Self.expected()[file] ?? []
        let found = error.findings.map { "\($0.line ?? 0) \($0.rule)" }
        let isSame =
            found.count == expected.count
            && zip(found, expected).allSatisfy { found, expected in
                expected.hasSuffix(" *")
                    ? found.hasPrefix(expected.dropLast()) : found == expected
            }
        let shown = error.findings.map { "\(file) \($0.line ?? 0) \($0.rule)  # \($0.message)" }
        #expect(isSame, "\(shown.joined(separator: "\n"))")
    }

    @Test("the table of broken policies names every file")
    func table() throws {
        #expect(try Self.expected().keys.sorted() == Self.brokenFiles)
        #expect(Self.brokenFiles.count >= 15)
    }

    @Test("no finding repeats more than four characters of what stands in the file")
    func discreet() throws {
        let secret = "Zq9-very-secret-value"
        let draft = try PolicyDraft(
            """
            schema: sheaf/host-policy/v1
            workspaces:
              acme: { repository: "https://\(secret)@git.example/acme.git" }
            grants:
              "secret:a": { env: "\(secret)", to: ["acme/*"] }
              "secret:b": { file: "\(secret)", to: ["acme/*"] }
              "secret:c": { env: A, to: ["acme/*"], access: "\(secret)" }
              "mount:d": { path: /d, access: "\(secret)", to: ["acme/*"] }
              "\(secret)": { env: A, to: ["acme/*"] }
            """)
        let error = try #require(throws: SheafError.self) { try draft.read() }
        #expect(error.findings.count == 6)
        for finding in error.findings {
            #expect(!finding.message.contains("Zq9-v"), "\(finding)")
            #expect(finding.hint?.contains("Zq9-v") != true, "\(finding)")
        }
    }
}
