import Foundation
import LibGit2
import TestSupport
import Testing

/// What an increment costs a runtime that has had many releases and holds many of them.
@Suite struct NegotiationTests {
    private struct Cost: Hashable {
        var objects: Int
        var sent: Int
        var received: Int
    }

    /// An increment over HTTP, for a receiver with a chain of releases, a reference to each of them,
    /// and as many references to commits that the sender has never had.
    private func increment(releases: Int, offers: String?) async throws -> Cost {
        let pair = try await RemotePair(files: 50)
        let server = try await GitWebServer(root: URL(filePath: pair.folder.path))
        var stream = ""
        for number in 0..<releases {
            stream += "commit refs/heads/main\ncommitter A <a@b> \(1_700_000_100 + number) +0000\n"
            stream += "data 1\nx\n" + (number == 0 ? "from \(pair.commit)\n" : "")
            stream += "M 100644 inline d1/f1\ndata 5\n\(10000 + number)\n"
        }
        try await pair.git("fast-import", "--quiet", "--force", input: Data(stream.utf8))
        let peer = PeerAddress.http(port: server.port, "/sender/.git")
        _ = try await pair.fetch(peer).get()
        let receiver = Git(folder: pair.folder("receiver.git"))
        let tip = try await receiver("rev-parse", "refs/incoming/main")
        var commands = "create refs/channels/latest \(tip)\ndelete refs/incoming/main\n"
        let tree = try await receiver("rev-parse", "\(tip)^{tree}")
        var foreign = ""
        for number in 0..<releases {
            foreign += "commit refs/foreign/\(number)\n"
            foreign += "committer A <a@b> \(1_800_000_000 + number) +0000\ndata 1\ny\n"
            foreign += "M 040000 \(tree) \"\"\n"
        }
        try await receiver("fast-import", "--quiet", input: Data(foreign.utf8))
        for commit in try await receiver("rev-list", tip).split(separator: "\n") {
            commands += "create refs/pins/\(commit) \(commit)\n"
        }
        try await receiver("update-ref", "--stdin", input: Data(commands.utf8))
        try await pair.git("reset", "-q", "--hard", "main")
        try pair.folder.write("sender/d3/f3", "changed")
        try pair.folder.write("sender/d4/f4", "changed too")
        _ = try await pair.git.commit("next")
        let outcome = try await RepositoryOwner(at: pair.folder("receiver.git")).fetch(
            FetchRequest(
                peer: peer, refspecs: ["+refs/heads/main:refs/incoming/main"], offers: offers,
                deadline: .seconds(60), maximumBytes: 1 << 30)
        ).get()
        return Cost(
            objects: outcome.receivedObjects, sent: outcome.sentBytes,
            received: outcome.receivedBytes)
    }

    @Test("does not grow with the number of releases and pins")
    func constant() async throws {
        let few = try await increment(releases: 30, offers: "refs/channels/")
        let many = try await increment(releases: 300, offers: "refs/channels/")
        // A commit, its tree, two trees below and two files.
        #expect(few.objects == 6 && many.objects == 6)
        #expect(many.sent == few.sent && many.sent < 2500, "\(few) \(many)")
        // The bytes of a pack differ by what zlib makes of other numbers.
        #expect(abs(many.received - few.received) < 100, "\(few) \(many)")
    }

    @Test("is what it would be with every reference, where there are few")
    func offers() async throws {
        let all = try await increment(releases: 1, offers: nil)
        let some = try await increment(releases: 1, offers: "refs/channels/")
        let none = try await increment(releases: 1, offers: "refs/nothing/")
        #expect(
            all.objects == 6 && some.objects == 6 && none.objects == all.objects
                && none.sent == all.sent)
        #expect(some.sent < all.sent)
    }
}
