import BundleModel
import Foundation
import TestSupport
import Testing

@testable import BundleRepository

@Suite("Who publishes")
struct IdentityTests {
    private static let nobody: [String: String?] = [
        "GIT_AUTHOR_NAME": nil, "GIT_AUTHOR_EMAIL": nil, "GIT_COMMITTER_NAME": nil,
        "GIT_COMMITTER_EMAIL": nil, "EMAIL": nil, "USER": "somebody", "LOGNAME": "somebody",
    ]

    @Test(
        "without an identity nothing is published, and the hint says how to set one",
        arguments: [
            [:], ["GIT_COMMITTER_NAME": "Carl"], ["GIT_COMMITTER_EMAIL": "carl@example.com"],
            ["GIT_COMMITTER_NAME": "", "GIT_COMMITTER_EMAIL": "carl@example.com"],
            ["GIT_AUTHOR_NAME": "Ada", "GIT_AUTHOR_EMAIL": "ada@example.com"],
            ["EMAIL": "carl@example.com"],
        ] as [[String: String]])
    func missing(environment: [String: String]) async throws {
        let workshop = try await Workshop(
            environment: Self.nobody.merging(environment.mapValues { $0 }) { $1 })
        let state = try await workshop.state()
        let error = await expectRefusal(.invalidRequest) { try await workshop.publish() }
        #expect(error?.hint?.contains("git config --global user.email") == true)
        #expect(try await workshop.state() == state)
    }

    @Test("the identity comes from the user's configuration, and the environment goes before it")
    func configuration() async throws {
        let workshop = try await Workshop(environment: Self.nobody)
        let file = try workshop.directory.write(
            "[user]\n\tname = Konfi Güra\n\temail = konfi@example.com\n", to: "gitconfig")
        let path = file.path(percentEncoded: false)
        let configured = try workshop.another(
            environment: Self.nobody.merging(["GIT_CONFIG_GLOBAL": path]) { $1 })
        let directory = try SampleBundle().write(to: workshop.agents)
        let first = try await configured.publish(PublishRequest(directory: directory))
        #expect(
            first.revision.publisher == Person(name: "Konfi Güra", email: "konfi@example.com"))
        #expect(first.revision.author == first.revision.publisher)

        let both = try workshop.another(
            environment: Self.nobody.merging([
                "GIT_CONFIG_GLOBAL": path, "GIT_COMMITTER_NAME": "Carl",
            ]) { $1 })
        try SampleBundle().prompt("Other.\n").write(to: workshop.agents)
        let second = try await both.publish(PublishRequest(directory: directory))
        #expect(second.revision.publisher == Person(name: "Carl", email: "konfi@example.com"))
        #expect(try await workshop.fsck() == "")
    }

    @Test("a checkout's own configuration names the publisher of what lies in it")
    func ofCheckout() async throws {
        let workshop = try await Workshop(environment: Self.nobody)
        let git = try await GitOracle(repositoryAt: workshop.agents)
        try await git.check("config", "user.name", "Local")
        try await git.check("config", "user.email", "local@example.com")
        let result = try await workshop.publish()
        #expect(result.revision.publisher == Person(name: "Local", email: "local@example.com"))
    }

    @Test("what Git would not write into a commit is cleaned as Git cleans it")
    func odd() async throws {
        let workshop = try await Workshop(environment: [
            "GIT_COMMITTER_NAME": " Carl <x>\n, ", "GIT_COMMITTER_EMAIL": "<carl@example.com>",
            "GIT_COMMITTER_DATE": "@1 -1200",
        ])
        let result = try await workshop.publish()
        #expect(result.revision.publisher == Person(name: "Carl x", email: "carl@example.com"))
        #expect(result.revision.createdAt == CommitTime(seconds: 1, offsetMinutes: -720))
        #expect(try await workshop.fsck() == "")
        let read = try await workshop.repository.log(try Workshop.bundle)
        #expect(read == [result.revision])
    }
}
