import BundleModel
import Foundation
import TestSupport
import Testing

@Suite("What the command line refuses")
struct RefusalTests {
    @Test(
        "a refusal has its code, exit status and message, and changes nothing on disk",
        arguments: BadInput.bundles + BadInput.boundary + BadInput.histories + BadInput.requests)
    func refused(input: BadInput) async throws {
        let desk = try Desk()
        try await input.prepare(desk)
        let before = try desk.snapshot()

        let text = try await desk.sheaf.run(input.arguments)
        #expect(text.status == input.code.presentation.exitStatus, "\(text)")
        #expect(text.errorText.hasPrefix("error: "), "\(text)")
        #expect(text.errorText.contains("(\(input.code.rawValue))"), "\(text)")
        #expect((text.text + text.errorText).contains(input.message), "\(text)")

        let json = try await desk.sheaf.run(input.arguments + ["--format", "json"])
        #expect(json.status == text.status)
        let error = try #require(try JSONValue(json.standardError)["error"])
        #expect(error["code"]?.text == input.code.rawValue)
        // As JSON a finding's file, line and column are values of their own.
        #expect(json.errorText.contains(input.message.prefix { $0 != ":" }), "\(json)")
        #expect(try desk.snapshot() == before)
    }

    @Test(
        "wrong usage exits with 2 and says how it is used",
        arguments: [
            ["bogus"], ["log", "--bogus"], ["publish"], ["log", "-n", "x"], ["log", "-n", "0"],
            ["channel", "release", "a@1", "stable"],
            ["publish", "a", "--no-release", "--channel", "x"],
            ["log", "--format", "yaml"], ["init", "--bare", "a", "--repository", "b"],
            ["worker", "create", "--bundle", "a@latest", "--pin", "b"],
        ])
    func usage(arguments: [String]) async throws {
        let desk = try Desk(bundle: false)
        let output = try await desk.sheaf.run(arguments)
        #expect(output.status == 2)
        #expect(output.text == "")
        #expect(output.errorText.hasPrefix("error: "))
        #expect(output.errorText.contains("--help"))
        #expect(try desk.snapshot().isEmpty)
    }

    @Test("wrong usage is JSON when JSON was asked for")
    func usageAsJSON() async throws {
        let desk = try Desk(bundle: false)
        for format in [["--format", "json"], ["--format=json"]] {
            let output = try await desk.sheaf.run(["log", "--bogus"] + format)
            #expect(output.status == 2)
            let error = try #require(try JSONValue(output.standardError)["error"])
            #expect(error["code"]?.text == "invalid_request")
            #expect(error["message"]?.text == "Unknown option '--bogus'")
        }
    }

    @Test("check shows every finding as a result, and fails")
    func check() async throws {
        let desk = try Desk()
        try desk.home.write(
            "schema: sheaf/profile/v1\ncolour: red\nlabel: [a]\n",
            to: "agents/profiles/coder.yaml")
        let text = try await desk.sheaf.run("check", "agents")
        #expect(text.status == 1)
        #expect(
            text.text.contains("profiles/coder.yaml:2:1: unsupported_declaration unknown-key: "))
        #expect(text.text.contains("profiles/coder.yaml:3:8: malformed_bundle wrong-type: "))
        #expect(
            text.errorText
                == "error: the bundle in 'agents' has 2 problems (unsupported_declaration)\n")
        let json = try await desk.sheaf.run("check", "agents", "--format", "json")
        #expect(json.status == 1)
        let result = try JSONValue(json.standardOutput)
        #expect(result["valid"]?.bool == false)
        #expect(result["findings"]?.count == 2)
        #expect(result["findings"]?[0]?["line"]?.number == 2)
    }

    @Test("the first publish makes nothing when it is refused")
    func firstPublish() async throws {
        let desk = try Desk()
        let before = try desk.snapshot()
        let nobody = desk.sheaf.with([
            "GIT_AUTHOR_NAME": nil, "GIT_AUTHOR_EMAIL": nil, "GIT_COMMITTER_NAME": nil,
            "GIT_COMMITTER_EMAIL": nil,
        ])
        let commit = String(repeating: "a", count: 40)
        for (tool, arguments, status) in [
            (nobody, [], 2), (desk.sheaf, ["--expect", commit], 1),
            (desk.sheaf, ["-m", "x\n\nBundle-Id: y"], 2), (desk.sheaf, ["--reason", "a\nb"], 2),
            (desk.sheaf, ["--repository", "agents/bundle.yaml/x.git"], 3),
        ] as [(CommandLineTool, [String], Int32)] {
            let output = try await tool.run(["publish", "agents"] + arguments)
            #expect(output.status == status, "\(arguments): \(output)")
            #expect(try desk.snapshot() == before, "\(arguments)")
        }
    }

    @Test("of two publishers that both expect nothing there, one wins")
    func twoPublishers() async throws {
        let desk = try Desk()
        try await desk.check("init", "--workspace", "acme")
        try desk.writeBundle("other")
        try desk.home.write("Another text\n", to: "other/README.md")
        async let one = desk.sheaf.run("publish", "agents", "--expect", "none")
        async let two = desk.sheaf.run("publish", "other", "--expect", "none")
        let outputs = try await [one, two]
        #expect(outputs.map(\.status).sorted() == [0, 1], "\(outputs)")
        let lost = try #require(outputs.first { $0.status == 1 })
        #expect(lost.errorText.contains("(conflict)"))
        #expect(try await desk.json("log", "support-agents")["revisions"]?.count == 1)
    }

    @Test("a person whom Git does not know is told how to say who it is")
    func noIdentity() async throws {
        let desk = try await Desk.published()
        try desk.edit()
        let before = try desk.snapshot()
        let nobody = desk.sheaf.with(["GIT_COMMITTER_NAME": nil, "GIT_COMMITTER_EMAIL": nil])
        for arguments in [
            ["publish", "agents"],
            ["channel", "release", "support-agents@1", "stable", "--reason", "x"],
        ] {
            let output = try await nobody.run(arguments)
            #expect(output.status == 2)
            #expect(output.errorText.contains("git config --global user.email"))
            #expect(try desk.snapshot() == before)
        }
    }
}
