import Foundation
import TestSupport
import Testing

@Suite("sheaf worker create, once more")
struct RepeatedWorkerTests {
    private static let create = [
        "worker", "create", "--bundle", "support-agents@latest", "--id", "ticket-12",
    ]

    /// A worker of the first release, and a second release in service.
    private func desk() async throws -> Desk {
        let desk = try await Desk.published()
        try await desk.check("runtime", "sync", "support-agents@latest")
        let first = try await desk.sheaf.run(Self.create)
        #expect(first.text.hasPrefix("created ticket-12"), "\(first)")
        try desk.edit()
        try await desk.check("publish", "agents", "-m", "second")
        try await desk.check("runtime", "sync", "support-agents@latest")
        return desk
    }

    @Test("gives the same worker after a sync, with the release that it was created from")
    func same() async throws {
        let desk = try await desk()
        let before = try await desk.json("worker", "show", "ticket-12")["worker"]?["pin"]?.text
        let again = try await desk.sheaf.run(Self.create)
        #expect(again.text.hasPrefix("unchanged: ticket-12"), "\(again)")
        let after = try await desk.json("worker", "show", "ticket-12")["worker"]?["pin"]?.text
        #expect(before != nil && before == after)
    }

    @Test("is a conflict when anything else differs, the channel too")
    func different() async throws {
        let desk = try await desk()
        let input = try await desk.sheaf.run(Self.create + ["--input", "other"])
        #expect(input.status == 1 && input.errorText.contains("conflict"), "\(input)")
        try await desk.check(
            "channel", "release", "support-agents@2", "canary", "--reason", "try it")
        try await desk.check("runtime", "sync", "support-agents@canary")
        let channel = try await desk.sheaf.run(
            ["worker", "create", "--bundle", "support-agents@canary", "--id", "ticket-12"])
        #expect(channel.status == 1 && channel.errorText.contains("conflict"), "\(channel)")
    }

    @Test("under another id gives a worker of the release in service")
    func other() async throws {
        let desk = try await desk()
        try await desk.check(
            "worker", "create", "--bundle", "support-agents@latest", "--id", "ticket-13")
        let first = try await desk.json("worker", "show", "ticket-12")["worker"]?["pin"]?.text
        let second = try await desk.json("worker", "show", "ticket-13")["worker"]?["pin"]?.text
        #expect(first != second)
    }
}
