import BundleModel
import Foundation
import TestSupport
import Testing

@testable import BundleRepository

@Suite("Repositories that somebody hostile made", .hostileRepositories)
struct HostileRepositoryTests {
    static let refused = HostileTraits.expectations.filter { $0.code != nil }
    static let passing = HostileTraits.expectations.filter { $0.code == nil }

    private static let turnstile = Turnstile(4)

    @Test("the table has a row for each trait, and a control beside the traits")
    func table() {
        #expect(HostileTraits.expectations.count == HostileTraits.lineCount)
        #expect(Set(Self.refused.map(\.trait)).count > 200)
        #expect(Set(Self.passing.map(\.trait)).count > 40)
    }

    @Test("a trait is refused at each of its doors, and nothing changes", arguments: refused)
    func refusal(_ expected: HostileTraits.Expectation) async throws {
        let code = try #require(expected.code)
        for door in expected.doors {
            try await Self.turnstile.pass {
                let place = try TemporaryDirectory()
                let repository = try await HostileRepositories.repository(
                    expected.trait, for: door, in: place)
                let before = try Self.state(of: repository)
                let error = await expectRefusal(code) {
                    try await door.enter(
                        repository, in: place,
                        deadline: code == .deadlineExceeded ? .seconds(3) : .seconds(60))
                }
                #expect(Set(error?.findings.map(\.rule) ?? []) == expected.rules, "\(door)")
                #expect(try Self.state(of: repository) == before, "\(door)")
                #expect(!hasRun(repository))
            }
        }
    }

    @Test("a repository that is made the same way without the trait passes", arguments: passing)
    func control(_ expected: HostileTraits.Expectation) async throws {
        for door in expected.doors {
            try await Self.turnstile.pass {
                let place = try TemporaryDirectory()
                let repository = try await HostileRepositories.repository(
                    expected.trait, for: door, in: place)
                await #expect(throws: Never.self, "\(door)") {
                    try await door.enter(repository, in: place)
                }
                #expect(!hasRun(repository))
            }
        }
    }

    @Test("what Git may put in place of objects changes nothing that is read")
    func substitutes() async throws {
        let bundle = try Workshop.bundle
        let base = try BundleRepository.open(
            at: try HostileRepositories.original("base").path(percentEncoded: false))
        let expected = try await base.log(bundle).map(\.commit)
        let digest = try await base.digest(
            of: try await base.resolve(try BundleReference("support-agents")))
        for trait in ["replace", "grafts", "notes", "alternates"] {
            let path = try HostileRepositories.original("control-\(trait)")
            let repository = try BundleRepository.open(at: path.path(percentEncoded: false))
            #expect(try await repository.log(bundle).map(\.commit) == expected, "\(trait)")
            let newest = try await repository.resolve(try BundleReference("support-agents"))
            #expect(try await repository.digest(of: newest) == digest, "\(trait)")
        }
    }

    @Test(
        "a probe finds the damage before a library opens the repository",
        arguments: [
            "loose-cut", "index-offset-in-no-table", "delta-cycle", "delta-claims-a-tebibyte",
            "pack-garbage", "tree-is-blob",
        ])
    func probe(_ trait: String) async throws {
        let path = try HostileRepositories.original(trait).path(percentEncoded: false)
        await expectRefusal(.storeCorrupt) { try await RepositoryProbe().examine(path) }
    }

    @Test(
        "a probe passes what is sound, and runs nothing that it names",
        arguments: [
            "base", "control-pack", "control-hooks", "control-fsmonitor", "control-hooks-path",
        ])
    func soundProbe(_ trait: String) async throws {
        let place = try TemporaryDirectory()
        let repository = try await HostileRepositories.copy(trait, to: place)
        try await RepositoryProbe().examine(repository.path(percentEncoded: false))
        #expect(!hasRun(repository))
    }

    @Test("a probe of a repository that is not there, or that never answers, ends")
    func probeThatEnds() async throws {
        let place = try TemporaryDirectory()
        await expectRefusal(.notFound) {
            try await RepositoryProbe().examine(place.path + "/nothing")
        }
        let pipe = try HostileRepositories.original("loose-is-pipe").path(percentEncoded: false)
        await expectRefusal(.deadlineExceeded) {
            try await RepositoryProbe(deadline: .milliseconds(500)).examine(pipe)
        }
    }

    /// Every file with its size and time, but for the lock file that every publisher makes.
    private static func state(of repository: URL) throws -> [String] {
        let root = repository.path(percentEncoded: false)
        let manager = FileManager.default
        return try manager.subpathsOfDirectory(atPath: root).sorted().compactMap { name in
            let facts = try manager.attributesOfItem(atPath: root + "/" + name)
            let type = facts[.type] as? FileAttributeType
            guard type != .typeDirectory, name != "sheaf.lock" else { return nil }
            return "\(name) \(facts[.size] ?? 0) \(facts[.modificationDate] ?? 0)"
        }
    }

    /// Whether something that the repository names was started.
    private func hasRun(_ repository: URL) -> Bool {
        let original = (try? HostileRepositories.original("base"))?.deletingLastPathComponent()
        let places = [repository] + [original].compactMap { $0 }
        return places.contains {
            FileManager.default.fileExists(atPath: $0.appending(path: "ran").path)
        }
    }
}
