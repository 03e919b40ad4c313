import AccessTokens
import BundleModel
import Foundation
import RuntimeProtocol
import TestSupport
import Testing

@testable import RuntimeServer

@Suite("The contract and the server")
struct OpenAPITests {
    @Test("the contract has every route and every method of the table, and no other")
    func routes() {
        var found: Set<String> = []
        var path: Substring?
        for line in ContractFile.text.split(separator: "\n") {
            if let match = line.firstMatch(of: /^  (\/[^:]*):$/) { path = match.1 }
            if !line.hasPrefix("  ") { path = nil }
            if let path, let match = line.firstMatch(of: /^    (get|put|post|delete|patch|head):$/)
            {
                found.insert("\(match.1.uppercased()) \(path)")
            }
        }
        #expect(found == Set(RouteCase.all.map { "\($0.method) \($0.pattern)" }))
    }

    @Test("the contract has every code of an error, and no other")
    func codes() throws {
        let start = try #require(ContractFile.text.range(of: "      description: A stable code.\n"))
        let lines = ContractFile.text[start.upperBound...].split(separator: "\n").dropFirst()
            .prefix { $0.hasPrefix("        - ") }.map { String($0.dropFirst(10)) }
        #expect(lines == SheafError.Code.allCases.map(\.rawValue))
    }

    @Test("the contract is served as it is written")
    func served() async throws {
        let host = try await RuntimeHost()
        try await host.serve(try host.runtime("store")) { served in
            let answer = try await served.ask("GET", "/openapi.yaml")
            #expect(answer.status == 200)
            #expect(answer.field("Content-Type") == "application/yaml")
            #expect(answer.text.hasSuffix(ContractFile.text))
        }
    }

    @Test("a validator that is not ours finds nothing wrong in the contract")
    func valid() async throws {
        let home = try TemporaryDirectory()
        try home.write(ContractFile.text, to: "openapi.yaml")
        let result = try await Self.python(home).run(
            ["-c", Self.validate, home.appending("openapi.yaml").path()])
        #expect(result.succeeded, "\(result)")
    }

    private static let validate = """
        import sys, yaml
        from openapi_spec_validator import validate
        validate(yaml.safe_load(open(sys.argv[1])))
        """

    @Test("schemathesis, with all of its checks, finds nothing that the contract does not say")
    func schemathesis() async throws {
        let host = try await RuntimeHost()
        let runtime = try host.runtime("store")
        let facts = try await ContractTests.facts(host)
        let token = try host.token(Set(AccessScope.allCases))
        _ = try await EmbeddedRuntime(runtime).put(facts.agents.pin.digest, file: facts.file)
        let settings = Fixtures.packageRoot.appending(path: ".ci/schemathesis.toml").path()
        try await host.serve(runtime) { served in
            let result = try await Self.python(host.home).run([
                "-m", "schemathesis.cli", "--config-file", settings, "run",
                "http://127.0.0.1:\(served.port)/openapi.yaml",
                "--url", "http://127.0.0.1:\(served.port)",
                "--header", "Authorization: Bearer \(token)",
                "--checks", "all", "--no-color",
            ])
            #expect(result.succeeded, "\(result)")
        }
    }

    /// The Python that has what `.ci/setup test` installs.
    private static func python(_ home: TemporaryDirectory) -> Program {
        var environment = TestEnvironment.base
        environment["HOME"] = home.path
        environment["PYTHONDONTWRITEBYTECODE"] = "1"
        let python = ProcessInfo.processInfo.environment["SHEAF_PYTHON"] ?? "python3"
        return Program(python, environment: environment, directory: home.url)
    }
}
