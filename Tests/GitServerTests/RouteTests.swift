import BundleModel
import Testing

@testable import GitServer

@Suite("Paths and framing")
struct RouteTests {
    @Test("paths become routes")
    func routes() throws {
        let acme = try WorkspaceID("acme")
        let whole = Route.Place(workspace: acme, bundle: nil)
        let one = Route.Place(workspace: acme, bundle: try BundleID("agents"))
        #expect(Route(path: "/acme.git/info/refs") == .references(whole))
        #expect(Route(path: "/acme/agents.git/info/refs") == .references(one))
        #expect(Route(path: "/acme.git/git-upload-pack") == .uploadPack(whole))
        #expect(Route(path: "/acme/agents.git/git-receive-pack") == .receivePack(one))
        #expect(Route(path: "/acme/releases") == .releases(whole))
        #expect(Route(path: "/acme/agents/releases") == .releases(one))
    }

    @Test("a request of upload-pack is read as Git writes it")
    func request() throws {
        let id = String(repeating: "a", count: 40)
        let body =
            PacketLine.bytes("want \(id) multi_ack_detailed side-band-64k agent=git/2.39.5\n")
            + PacketLine.bytes("want \(id)\n") + PacketLine.flush
            + PacketLine.bytes("have \(id)\n") + PacketLine.bytes("done\n")
        let request = try UploadPackRequest(body)
        #expect(request.wants.map(\.hex) == [id])
        #expect(!request.isPartial)
        let shallow = try UploadPackRequest(
            PacketLine.bytes("want \(id)\n") + PacketLine.bytes("deepen 1\n") + PacketLine.flush)
        #expect(shallow.isPartial)
    }

    @Test("the commands of a push are read, and wait for the rest")
    func commands() throws {
        let (old, new) = (String(repeating: "0", count: 40), String(repeating: "b", count: 40))
        let line = "\(old) \(new) refs/heads/bundles/x\0 report-status side-band-64k"
        let body = PacketLine.bytes(line) + PacketLine.flush + Array("PACK".utf8)
        var commands = ReferenceCommands()
        // However it is cut into parts.
        let first = try commands.read(Array(body.prefix(60)))
        let rest = try commands.read(body)
        #expect(!first && rest)
        #expect(commands.names == ["refs/heads/bundles/x"])
        let answer = try #require(commands.refusal { _ in "no" })
        #expect(String(decoding: answer, as: UTF8.self).contains("ng refs/heads/bundles/x no\n"))
    }
}
