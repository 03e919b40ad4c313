import Foundation
import TestSupport
import Testing

@Suite("The service as systemd sees it")
struct ServiceUnitTests {
    private static let analyzer = "/usr/bin/systemd-analyze"
    private static let isHere = FileManager.default.isExecutableFile(atPath: analyzer)

    /// The unit as `make install` puts it somewhere, with a program where it says that one is.
    private func installed() throws -> (home: TemporaryDirectory, unit: String) {
        let home = try TemporaryDirectory("sheaf-unit")
        let source = Fixtures.packageRoot.appending(
            path: "Sources/sheafd/Service/sheaf-runtime.service")
        let text = try String(contentsOf: source, encoding: .utf8)
            .replacing("@PREFIX@", with: home.path)
        #expect(
            text.firstMatch(of: /@[A-Z]+@/) == nil, "more is to be put in than the prefix: \(text)")
        let unit = try home.write(text, to: "sheaf-runtime.service")
        let program = try home.write("#!/bin/sh\n", to: "bin/sheafd")
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o755], ofItemAtPath: program.path())
        return (home, unit.path())
    }

    private func analyze(_ home: TemporaryDirectory, _ words: [String]) async throws
        -> ProgramOutput
    {
        try await Program(Self.analyzer, environment: TestEnvironment.base, directory: home.url)
            .run(words)
    }

    @Test(
        "systemd-analyze finds nothing wrong in the unit",
        .enabled(if: isHere, "systemd-analyze is not installed"))
    func verified() async throws {
        let (home, unit) = try installed()
        let found = try await analyze(home, ["verify", "--man=no", unit])
        #expect(found.succeeded && found.errorText == "" && found.text == "", "\(found)")
    }

    @Test(
        "what the unit may do is at most 1.5 of systemd's 10",
        .enabled(if: isHere, "systemd-analyze is not installed"))
    func exposure() async throws {
        let (home, unit) = try installed()
        let words = ["security", "--offline=true", "--no-pager", "--threshold=15", unit]
        let found = try await analyze(home, words)
        #expect(found.succeeded, "\(found)")
        #expect(found.text.contains("Overall exposure level"))
    }
}
