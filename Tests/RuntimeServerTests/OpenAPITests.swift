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
        #expect(result.succeeded, "(.ci/setup test installs what this needs) \(result)")
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
        let settings = try host.home.write(
            try String(
                contentsOf: Fixtures.packageRoot.appending(path: ".ci/schemathesis.toml"),
                encoding: .utf8) + Self.known(facts.agents.pin), to: "schemathesis.toml")
        try await host.serve(runtime) { served in
            let result = try await Self.python(host.home).run([
                "-m", "schemathesis.cli", "--config-file", settings.path(), "run",
                "http://127.0.0.1:\(served.port)/openapi.yaml",
                "--url", "http://127.0.0.1:\(served.port)",
                "--header", "Authorization: Bearer \(token)",
                "--checks", "all", "--no-color",
            ])
            #expect(result.succeeded, "(.ci/setup test installs what this needs) \(result)")
        }
    }

    /// What is here to be asked for, so that most requests come further than to a refusal.
    private static func known(_ pin: BundlePin) -> String {
        let places = [
            "path.digest": "digest", "path.id": "worker", "query.commit": "commit",
            "query.workspace": "workspace",
            "body.workspace": "workspace", "body.channel": "channel", "body.workerId": "worker",
            "body.bundle.workspace": "workspace", "body.bundle.bundle": "bundle",
            "body.bundle.commit": "commit", "body.bundle.digest": "digest",
        ]
        let values = [
            "digest": [pin.digest.description], "commit": [pin.commit.hex],
            "workspace": ["acme"], "bundle": ["agents"], "channel": ["latest"],
            "worker": (1...9).map { "w-\($0)" },
        ]
        let lists = values.map { name, values in
            "\(name) = { values = \(values) }"
        }
        let bindings = places.map { place, name in
            "\"\(place)\" = { dictionary = \"\(name)\", probability = 0.8 }"
        }
        return "\n[dictionaries]\n\(lists.sorted().joined(separator: "\n"))\n"
            + "\n[parameters]\n\(bindings.sorted().joined(separator: "\n"))\n"
    }

    /// The Python that has what `.ci/setup test` installs.
    private static func python(_ home: TemporaryDirectory) -> Program {
        var environment = TestEnvironment.base
        environment["HOME"] = home.path
        environment["PYTHONDONTWRITEBYTECODE"] = "1"

        return Program(
            PythonProgram.interpreter, environment: environment, directory: home.url)
    }
}
