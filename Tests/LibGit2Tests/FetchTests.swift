import Foundation
import LibGit2
import Testing

@Suite struct FetchTests {
    /// A repository that git made, and one that fetches from it.
    private struct Pair {
        let folder: TemporaryFolder
        let git: Git
        let receiver: RepositoryOwner
        let receiverGit: Git

        init() async throws {
            folder = try TemporaryFolder()
            git = try await Git.repository(at: folder("sender"))
            receiver = try RepositoryOwner(creatingAt: folder("receiver.git"))
            receiverGit = Git(folder: folder("receiver.git"))
        }

        func request(_ refspecs: String...) -> FetchRequest {
            FetchRequest(
                location: folder("sender"), refspecs: refspecs, deadline: .seconds(60),
                maximumBytes: 1 << 30)
        }

        func fetch(_ refspecs: String...) async throws -> FetchOutcome {
            var request = request()
            request.refspecs = refspecs
            return try await receiver.fetch(request).get()
        }
    }

    @Test("a branch is fetched whole into the reference that was asked for, and nothing else comes")
    func fetch() async throws {
        let pair = try await Pair()
        try pair.folder.write("sender/a/file", "content")
        let commit = try await pair.git.commit("one")
        try await pair.git("branch", "channels/a/latest")
        try await pair.git("branch", "other")
        try await pair.git("tag", "v1")
        let outcome = try await pair.fetch("+refs/heads/channels/a/latest:refs/incoming/latest")
        #expect(outcome.receivedObjects == 4)
        #expect(outcome.receivedBytes > 0)
        #expect(outcome.advertised["refs/heads/other"]?.hex == commit)
        #expect(outcome.advertised["HEAD"]?.hex == commit)
        let references = try await pair.receiverGit(
            "for-each-ref", "--format=%(refname) %(objectname)")
        #expect(references == "refs/incoming/latest \(commit)")
        try await pair.receiverGit("fsck", "--full", "--strict")
        #expect(try await pair.receiverGit("show", "refs/incoming/latest:a/file") == "content")
        let files = try pair.folder.names(in: "receiver.git")
        #expect(!files.contains("FETCH_HEAD") && !files.contains("logs"))
        let packs = try pair.folder.names(in: "receiver.git/objects/pack")
        #expect(packs.count == 2 && packs.allSatisfy { $0.hasPrefix("pack-") })
    }

    @Test("a tag of what is fetched sets no reference here")
    func tags() async throws {
        let pair = try await Pair()
        let commit = try await pair.git.commit("one")
        try await pair.git("tag", "-a", "-m", "tag", "v1")
        let outcome = try await pair.fetch("+refs/heads/main:refs/incoming/main")
        #expect(outcome.advertised["refs/tags/v1"] != nil)
        #expect(outcome.advertised.keys.allSatisfy { !$0.hasSuffix("^{}") })
        let references = try await pair.receiverGit(
            "for-each-ref", "--format=%(refname) %(objectname)")
        #expect(references == "refs/incoming/main \(commit)")
    }

    @Test("an increment brings only what changed, nothing new brings nothing")
    func increment() async throws {
        let pair = try await Pair()
        for index in 0..<200 {
            try pair.folder.write("sender/d\(index % 10)/f\(index)", "\(index)")
        }
        _ = try await pair.git.commit("one")
        let refspec = "+refs/heads/main:refs/incoming/main"
        #expect(try await pair.fetch(refspec).receivedObjects == 212)
        #expect(try await pair.fetch(refspec).receivedObjects == 0)
        try pair.folder.write("sender/d3/f3", "changed")
        let second = try await pair.git.commit("two")
        #expect(try await pair.fetch(refspec).receivedObjects == 4)
        #expect(try await pair.receiverGit("rev-parse", "refs/incoming/main") == second)
        try await pair.receiverGit("fsck", "--full", "--strict")
    }

    @Test("a thin delta against what is here is completed")
    func thin() async throws {
        let pair = try await Pair()
        var lines = (0..<5000).map { "line \($0) \($0 &* 7919)" }
        try pair.folder.write("sender/big", lines.joined(separator: "\n"))
        _ = try await pair.git.commit("one")
        _ = try await pair.fetch("+refs/heads/main:refs/incoming/main")
        lines[2500] = "changed"
        try pair.folder.write("sender/big", lines.joined(separator: "\n"))
        _ = try await pair.git.commit("two")
        try await pair.git("repack", "-adfq")
        let outcome = try await pair.fetch("+refs/heads/main:refs/incoming/main")
        #expect(outcome.receivedObjects == 3)
        #expect(outcome.receivedBytes < 10_000)
        try await pair.receiverGit("fsck", "--full", "--strict")
    }

    @Test("a pattern fetches all that match it")
    func pattern() async throws {
        let pair = try await Pair()
        _ = try await pair.git.commit("one")
        try await pair.git("branch", "channels/a/latest")
        try await pair.git("branch", "channels/a/canary")
        _ = try await pair.fetch("+refs/heads/channels/a/*:refs/channels/*")
        #expect(
            try await pair.receiverGit("for-each-ref", "--format=%(refname)")
                == "refs/channels/canary\nrefs/channels/latest")
    }

    @Test("a refspec without a destination brings objects and sets no reference")
    func noDestination() async throws {
        let pair = try await Pair()
        let commit = try await pair.git.commit("one")
        #expect(try await pair.fetch("refs/heads/main").receivedObjects == 2)
        #expect(try await pair.receiverGit("for-each-ref") == "")
        #expect(try await pair.receiverGit("cat-file", "-t", commit) == "commit")
    }

    @Test("without refspecs nothing comes")
    func noRefspecs() async throws {
        let pair = try await Pair()
        _ = try await pair.git.commit("one")
        let outcome = try await pair.fetch()
        #expect(outcome.receivedObjects == 0 && outcome.advertised.count == 2)
    }

    @Test("a reference that the peer does not have is named, and nothing is transferred")
    func missingReference() async throws {
        let pair = try await Pair()
        _ = try await pair.git.commit("one")
        let request = pair.request(
            "+refs/heads/main:refs/incoming/main", "+refs/heads/none:refs/incoming/none")
        let result = await pair.receiver.fetch(request)
        #expect(throws: TransportError.reference(missing: "refs/heads/none")) { try result.get() }
        #expect(try await pair.receiverGit("for-each-ref") == "")
        #expect(try pair.folder.names(in: "receiver.git/objects/pack").isEmpty)
    }

    @Test("an empty repository has no references")
    func emptyPeer() async throws {
        let pair = try await Pair()
        #expect(try await pair.receiver.list(pair.request()).get().isEmpty)
        let result = await pair.receiver.fetch(pair.request("+refs/heads/main:refs/incoming/main"))
        #expect(throws: TransportError.reference(missing: "refs/heads/main")) { try result.get() }
    }

    @Test("without a plus a reference moves forward only")
    func forwardOnly() async throws {
        let pair = try await Pair()
        _ = try await pair.git.commit("one")
        _ = try await pair.fetch("refs/heads/main:refs/incoming/main")
        let second = try await pair.git.commit("two")
        _ = try await pair.fetch("refs/heads/main:refs/incoming/main")
        #expect(try await pair.receiverGit("rev-parse", "refs/incoming/main") == second)
        try await pair.git("commit", "-q", "--amend", "--allow-empty", "-m", "other")
        let result = await pair.receiver.fetch(pair.request("refs/heads/main:refs/incoming/main"))
        guard case .failure(.git(let error)) = result else {
            Issue.record("\(result)")
            return
        }
        #expect(error.code == .nonFastForward)
        #expect(try await pair.receiverGit("rev-parse", "refs/incoming/main") == second)
        _ = try await pair.fetch("+refs/heads/main:refs/incoming/main")
        let forced = try await pair.git("rev-parse", "main")
        #expect(try await pair.receiverGit("rev-parse", "refs/incoming/main") == forced)
    }

    @Test(
        "what is no refspec is refused",
        arguments: ["refs/heads/a..b:refs/x", "a:b:c", "+refs/*:refs/x"])
    func badRefspec(_ text: String) async throws {
        let pair = try await Pair()
        _ = try await pair.git.commit("one")
        guard case .failure(.git(let error)) = await pair.receiver.fetch(pair.request(text)) else {
            Issue.record("it was taken")
            return
        }
        #expect(error.code == .invalidSpec)
    }

    @Test("references are listed without fetching")
    func list() async throws {
        let pair = try await Pair()
        let commit = try await pair.git.commit("one")
        let listed = try await pair.receiver.list(pair.request()).get()
        #expect(listed.mapValues(\.hex) == ["HEAD": commit, "refs/heads/main": commit])
    }

    @Test("the limit in bytes ends a transfer, and leaves nothing behind")
    func limit() async throws {
        let pair = try await Pair()
        let noise = try Noise.bytes(3_000_000)
        try pair.folder.write("sender/noise", noise)
        _ = try await pair.git.commit("one")
        var request = pair.request("+refs/heads/main:refs/incoming/main")
        request.maximumBytes = 100_000
        let result = await pair.receiver.fetch(request)
        #expect(throws: TransportError.limitExceeded(bytes: 100_000)) { try result.get() }
        #expect(try pair.folder.names(in: "receiver.git/objects/pack").isEmpty)
        #expect(try await pair.receiverGit("for-each-ref") == "")
    }

    @Test("configuration of the peer's repository does not hide what upload-pack serves")
    func replaceRefs() async throws {
        let pair = try await Pair()
        let first = try await pair.git.commit("one")
        let second = try await pair.git.commit("two")
        try await pair.git("replace", second, first)
        _ = try await pair.fetch("+refs/heads/main:refs/incoming/main")
        #expect(try await pair.receiverGit("rev-parse", "refs/incoming/main") == second)
    }

    @Test("a transfer that is cancelled while the pack comes leaves nothing behind")
    func cancelled() async throws {
        let pair = try await Pair()
        try pair.folder.write("sender/noise", try Noise.bytes(3_000_000))
        _ = try await pair.git.commit("one")
        let folder = pair.folder
        let result = await pair.receiver.fetch(
            pair.request("+refs/heads/main:refs/incoming/main"),
            isCancelled: {
                let names = try? folder.names(in: "receiver.git/objects/pack")
                return names?.contains { $0.hasPrefix("pack_git2_") } ?? false
            })
        #expect(throws: TransportError.cancelled) { try result.get() }
        #expect(try pair.folder.names(in: "receiver.git/objects/pack").isEmpty)
        #expect(try await pair.receiverGit("for-each-ref") == "")
    }

    @Test("a fetch needs nothing of the cooperative pool")
    func busyPool() async throws {
        let pair = try await Pair()
        _ = try await pair.git.commit("one")
        let request = pair.request("+refs/heads/main:refs/incoming/main")
        let outcome = try await pair.receiver.fetchWhilePoolIsBusy(request).get()
        #expect(outcome.receivedObjects == 2)
    }
}
