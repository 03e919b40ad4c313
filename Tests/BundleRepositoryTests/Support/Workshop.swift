import BundleModel
import Foundation
import LibGit2
import TestSupport
import Testing

@testable import BundleRepository

/// A temporary place with a repository of Sheaf, a bundle's directory and git to judge both.
struct Workshop: Sendable {
    let directory: TemporaryDirectory
    let repository: BundleRepository
    /// git in the bare repository.
    let git: GitOracle

    /// The id of the sample bundle.
    static var bundle: BundleID { get throws { try BundleID("support-agents") } }
    /// When the publisher's clock stands, for Git's variables.
    static let date = "1700000000 +0930"

    init(
        limits: ContentLimits = .standard, environment: [String: String?] = [:]
    ) async throws {
        directory = try TemporaryDirectory()
        let path = directory.appending("acme.git")
        _ = try BundleRepository.create(
            at: path.path(percentEncoded: false), workspace: try WorkspaceID("acme"))
        git = GitOracle(in: path)
        repository = try Self.open(
            path.path(percentEncoded: false), limits, Self.program(environment, directory.url))
    }

    /// The directory that bundles are published from.
    var agents: URL { directory.url.appending(path: "agents", directoryHint: .notDirectory) }

    /// Another instance on the same repository, as another process has one.
    func another(
        limits: ContentLimits = .standard, environment: [String: String?] = [:]
    ) throws -> BundleRepository {
        try Self.open(repository.path, limits, Self.program(environment, directory.url))
    }

    static func open(
        _ path: String, _ limits: ContentLimits, _ git: GitProgram
    ) throws -> BundleRepository {
        BundleRepository(try Repository.open(at: path), path: path, limits: limits, git: git)
    }

    /// git as Sheaf runs it: without configuration of this machine, with an identity and a clock.
    static func program(_ environment: [String: String?] = [:], _ home: URL) -> GitProgram {
        var values = TestEnvironment.base
        values.merge(TestEnvironment.git) { $1 }
        values["HOME"] = home.path(percentEncoded: false)
        values["GIT_COMMITTER_DATE"] = date
        for (name, value) in environment { values[name] = value }
        return GitProgram(environment: values)
    }

    /// Writes a bundle to the directory and publishes it.
    @discardableResult
    func publish(
        _ bundle: SampleBundle = SampleBundle(), message: String? = nil,
        channel: String? = "latest", expectation: PublishRequest.Expectation = .any
    ) async throws -> PublishResult {
        try bundle.write(to: agents)
        return try await repository.publish(
            PublishRequest(
                directory: agents.path(percentEncoded: false), message: message,
                expectation: expectation, channel: try channel.map { try ChannelID($0) }))
    }

    /// Publishes what stands in a directory.
    func publish(
        directory: URL, channel: ChannelID? = .latest
    ) async throws -> PublishResult {
        try await repository.publish(
            PublishRequest(directory: directory.path(percentEncoded: false), channel: channel))
    }

    /// What git says is wrong with the repository; empty when all is well.
    func fsck() async throws -> String {
        let output = try await git.run(["fsck", "--full", "--strict", "--no-dangling"])
        return output.succeeded && output.text.isEmpty && !output.errorText.contains("error")
            ? "" : output.description
    }

    /// Every reference with its target, HEAD, and how many objects there are.
    func state() async throws -> [String] {
        let references = try await git.lines(
            "for-each-ref", "--format=%(refname) %(objectname)")
        let head = try await git.text("symbolic-ref", "HEAD")
        let objects = try await git.lines(
            "cat-file", "--batch-all-objects", "--batch-check=%(objectname)")
        return references + [head, "\(objects.count) objects"]
    }

    func reference(_ text: String) throws -> BundleReference { try BundleReference(text) }
}

/// Expects a refusal with this code and gives the error.
@discardableResult
func expectRefusal<Value>(
    _ code: SheafError.Code, sourceLocation: SourceLocation = #_sourceLocation,
    _ body: () async throws -> Value
) async -> SheafError? {
    do {
        let value = try await body()
        Issue.record("expected \(code.rawValue), got \(value)", sourceLocation: sourceLocation)
    } catch let error as SheafError {
        #expect(error.code == code, "\(error)", sourceLocation: sourceLocation)
        return error
    } catch {
        Issue.record("expected \(code.rawValue), got \(error)", sourceLocation: sourceLocation)
    }
    return nil
}
