import BundleModel
import BundleRepository
import Foundation
import GRDB
import TestSupport
import Testing
import WorkerRuntime

@Suite("A sync that is refused")
struct SyncRefusalTests {
    static let remote = [
        SyncFault("the repository is gone", .remoteUnavailable) { accepted in
            try FileManager.default.removeItem(atPath: accepted.setup.repositoryPath)
        },
        SyncFault("the repository is an empty directory", .remoteUnavailable) { accepted in
            let empty = try accepted.setup.directory.makeDirectory("empty")
            try accepted.setup.writePolicy(repository: empty.path(percentEncoded: false))
        },
        SyncFault(
            "the repository is at a URL, which this version does not pull from",
            .remoteUnavailable
        ) { accepted in
            try accepted.setup.writePolicy(repository: "https://git.example/acme.git")
        },
        SyncFault("the repository has lost an object", .remoteUnavailable) { accepted in
            let git = accepted.git
            let commit = try await accepted.next.put(in: git)
            let tree = try await git.text("rev-parse", "\(commit)^{tree}")
            let place = "objects/\(tree.prefix(2))/\(tree.dropFirst(2))"
            try FileManager.default.removeItem(
                at: git.program.directory.appending(path: place))
        },
        SyncFault("the channel is gone", .notFound) { accepted in
            try await accepted.git.check(
                "update-ref", "-d", "refs/heads/channels/support-agents/latest")
        },
        SyncFault("the host policy no longer serves the bundle", .hostPolicyDenied) { accepted in
            try accepted.setup.write(
                policy: """
                    schema: sheaf/host-policy/v1
                    workspaces:
                      acme: { repository: "\(accepted.setup.repositoryPath)", bundles: [other] }
                    """)
        },
        SyncFault("the host policy no longer serves the workspace", .hostPolicyDenied) { accepted in
            try accepted.setup.write(policy: "schema: sheaf/host-policy/v1\n")
        },
        SyncFault("others can write to the host policy", .hostPolicyInvalid) { accepted in
            try FileManager.default.setAttributes(
                [.posixPermissions: 0o666], ofItemAtPath: accepted.setup.policy)
        },
        SyncFault("the host policy is gone", .hostPolicyInvalid) { accepted in
            try FileManager.default.removeItem(atPath: accepted.setup.policy)
        },
    ]

    static let order = [
        SyncFault("the channel went back to an older release", .releaseReplayed) { accepted in
            try await accepted.git.check(
                "update-ref", "refs/heads/channels/support-agents/latest",
                accepted.first.commit.hex)
        },
        SyncFault("another release has the number of the accepted one", .releaseConflict) {
            accepted in
            var release = accepted.next
            release.sequence = 2
            release.parents = [accepted.first.commit.hex]
            try await release.put(in: accepted.git)
        },
        SyncFault("the same contents were released again under the same number", .releaseConflict) {
            accepted in
            var release = accepted.next
            release.revision = 2
            release.sequence = 2
            release.contents = .plain.saying("The second.")
            release.parents = [accepted.first.commit.hex]
            try await release.put(in: accepted.git)
        },
        SyncFault("a whole chain was made anew", .historyRewritten) { accepted in
            var parents: [String] = []
            for number in 1...4 {
                var release = accepted.next
                release.revision = number
                release.sequence = number
                release.parents = parents
                parents = [try await release.put(in: accepted.git)]
            }
        },
        SyncFault("a release follows an older one than the accepted", .historyRewritten) {
            accepted in
            var release = accepted.next
            release.parents = [accepted.first.commit.hex]
            try await release.put(in: accepted.git)
        },
        .release("a number was left out", .historyRewritten) { $0.sequence = 4 },
        SyncFault(
            "a number was left out between the accepted release and the newest",
            .historyRewritten
        ) { accepted in
            var release = accepted.next
            release.sequence = 4
            let between = try await release.commit(in: accepted.git)
            release.sequence = 5
            release.parents = [between]
            try await release.put(in: accepted.git)
        },
        SyncFault("a release has two parents", .historyRewritten) { accepted in
            var release = accepted.next
            release.parents.append(accepted.first.commit.hex)
            try await release.put(in: accepted.git)
        },
        .release("a release has no parent", .historyRewritten) { $0.parents = [] },
        SyncFault(
            "the release between the accepted and the newest is of another workspace",
            .workspaceMismatch
        ) { accepted in
            var release = accepted.next
            release.workspace = "other"
            let between = try await release.commit(in: accepted.git)
            release.workspace = "acme"
            release.sequence = 4
            release.parents = [between]
            try await release.put(in: accepted.git)
        },
    ]

    static let provenance: [SyncFault] =
        [
            "Bundle-Workspace", "Bundle-Id", "Bundle-Revision", "Bundle-Digest", "Bundle-Source",
            "Bundle-Publisher", "Release-Channel", "Release-Sequence", "Release-Revision-Commit",
            "Release-Reason",
        ].map { name in
            .release("\(name) is missing", .provenanceInvalid) { $0.trailers[name] = "" }
        } + [
            .release("a trailer is there twice", .provenanceInvalid) {
                $0.moreTrailers = ["Release-Sequence: 3"]
            },
            .release("a trailer is not known", .provenanceInvalid) {
                $0.moreTrailers = ["Bundle-Colour: red"]
            },
            .release("the sequence is not a number", .provenanceInvalid) {
                $0.trailers["Release-Sequence"] = "03"
            },
            .release("the sequence is not positive", .provenanceInvalid) {
                $0.trailers["Release-Sequence"] = "0"
            },
            .release("the digest is not one", .provenanceInvalid) { $0.digest = "sha256:abc" },
            .release("the workspace is not an id", .provenanceInvalid) { $0.workspace = "../acme" },
            .release("a source outside Git has a state", .provenanceInvalid) {
                $0.moreTrailers = ["Bundle-Source-State: clean"]
            },
            SyncFault("the message has another encoding", .provenanceInvalid) { accepted in
                var git = accepted.git
                git.program.environment["GIT_CONFIG_COUNT"] = "1"
                git.program.environment["GIT_CONFIG_KEY_0"] = "i18n.commitEncoding"
                git.program.environment["GIT_CONFIG_VALUE_0"] = "ISO-8859-1"
                try await accepted.next.put(in: git)
            },
            SyncFault("the newest commit is a revision, not a release", .provenanceInvalid) {
                accepted in
                let revision = try await accepted.git.commit("refs/heads/bundles/support-agents")
                try await accepted.git.check(
                    "update-ref", "refs/heads/channels/support-agents/latest", revision)
            },
        ]

    static let noCommit = SyncFault("the channel names no commit", .provenanceInvalid) { accepted in
        let git = accepted.git
        let blob = try await git.check("hash-object", "-w", "--stdin", input: [0x78]).trimmed
        let file = git.program.directory
            .appending(path: "refs/heads/channels/support-agents/latest")
        try Data("\(blob)\n".utf8).write(to: file)
    }

    static let names: [SyncFault] = [
        .release("the trailers name another workspace", .workspaceMismatch) {
            $0.workspace = "other"
        },
        .release("the trailers name another bundle", .workspaceMismatch) {
            $0.bundle = "other"
            $0.branch = "refs/heads/channels/support-agents/latest"
        },
        .release("the trailers name another channel", .workspaceMismatch) {
            $0.channel = "stable"
            $0.branch = "refs/heads/channels/support-agents/latest"
        },
        .release("bundle.yaml names another workspace", .workspaceMismatch) {
            $0.contents = $0.contents.named("support-agents", workspace: "other")
        },
        .release("bundle.yaml names another bundle", .workspaceMismatch) {
            $0.contents = $0.contents.named("other")
        },
        .release("trailers and bundle.yaml name another workspace together", .workspaceMismatch) {
            $0.workspace = "other"
            $0.contents = $0.contents.named("support-agents", workspace: "other")
        },
        .release("the digest is of other contents", .digestMismatch) {
            $0.digest = (try? SampleBundle.plain.digest.description) ?? ""
        },
    ]

    static let contents: [SyncFault] = [
        .entry("a symbolic link", "120000", "zz"),
        .entry("a submodule", "160000", "zz"),
        .entry("an executable file", "100755", "zz"),
        .entry("a group-writable file", "100664", "zz"),
        .entry("a mode with a leading zero", "0100644", "zz"),
        .entry("an empty directory", "40000", "zz"),
        .entry("an entry named ..", "100644", ".."),
        .entry("an entry with a slash in its name", "100644", "zz/../../x"),
        .entry("an absolute name", "100644", "/zz"),
        .entry("a .git entry", "100644", ".git"),
        .entry("a name that folds to .git", "100644", "GIT~1"),
        .entry("a second entry of one name", "100644", "bundle.yaml"),
        .entry("an entry out of order", "100644", "LICENSE"),
        .entry("a name with a control character", "100644", "zz\u{1}"),
        .entry("an unknown top-level file", "100644", "zz.txt", code: .unsupportedDeclaration),
        .file("two names that differ in case", .malformedBundle, "profiles/Coder.yaml", "x: y"),
        .file("broken YAML", .malformedBundle, "profiles/coder.yaml", "schema: [\n"),
        .file(
            "a duplicate key", .malformedBundle, "profiles/coder.yaml",
            "schema: sheaf/profile/v1\nlabel: a\nlabel: b"),
        .file(
            "a prompt that is not there", .malformedBundle, "profiles/coder.yaml",
            "schema: sheaf/profile/v1\nprompts: { system: prompts/none.md }"),
        .file(
            "an unknown key", .unsupportedDeclaration, "profiles/coder.yaml",
            "schema: sheaf/profile/v1\ncolour: red"),
        .file(
            "a value in the place of a reference", .forbiddenContent, "policies/token.yaml",
            "schema: sheaf/declaration/v1\nkind: secret_ref\nref: hunter2"),
        .file(
            "a token in a prompt, which a careless server let through", .forbiddenContent,
            "prompts/system.md", "Use gh" + "p_1cmBcpxoAJWccZIPU8Wmut6WcHon0zVA3mIO for Git.\n"),
        .file(
            "a secret in an asset, which no profile reads", .forbiddenContent, "assets/.env",
            "DATABASE_PASSWORD=sP7zfsrTd3TJ8M\n"),
        .file(
            "a path of one host in an asset", .forbiddenContent, "assets/run.yaml",
            "socket: /var/run/docker.sock\n"),
        .file(
            "a token in the name of a file", .forbiddenContent,
            "assets/gh" + "p_1cmBcpxoAJWccZIPU8Wmut6WcHon0zVA3mIO.txt", "nothing\n"),
        .release("a token in the reason of the release", .forbiddenContent) {
            $0.trailers["Release-Reason"] =
                "uses gh" + "p_1cmBcpxoAJWccZIPU8Wmut6WcHon0zVA3mIO now"
        },
        .file(
            "a profile that extends itself", .invalidProfileSelector, "profiles/coder.yaml",
            "schema: sheaf/profile/v1\nextends: coder"),
        .release("no bundle.yaml", .malformedBundle) {
            $0.contents.files["bundle.yaml"] = nil
        },
        SyncFault("an empty tree", .malformedBundle) { accepted in
            var release = accepted.next
            release.tree = try await accepted.git.text("mktree")
            try await release.put(in: accepted.git)
        },
    ]

    @Test("a first sync that finds nothing to fetch leaves neither a repository nor a row")
    func nothingToFetch() async throws {
        let setup = try await RuntimeSetup()
        try await setup.publish()
        let runtime = try setup.runtime()
        let nobody = try BundleID("nosuch")
        await failing(.notFound) { try await runtime.sync(nobody, on: .latest) }
        await failing(.notFound) { try await runtime.sync(setup.bundle, on: ChannelID("nosuch")) }
        try FileManager.default.removeItem(atPath: setup.repositoryPath)
        let error = await failing(.remoteUnavailable) {
            try await runtime.sync(setup.bundle, on: .latest)
        }
        #expect(error?.message.contains("/") == false)
        for bundle in ["nosuch", "support-agents"] {
            let path = setup.mirror(bundle).path(percentEncoded: false)
            #expect(!FileManager.default.fileExists(atPath: path))
        }
        let database = try DatabaseQueue(path: setup.store + "/runtime.sqlite")
        let rows = try await database.read {
            try String.fetchAll($0, sql: "SELECT bundle || '@' || channel FROM channel")
        }
        #expect(rows.isEmpty)
    }

    @Test(
        "keeps the accepted release in service, says why, and leaves nothing behind",
        arguments: remote + order + provenance + [noCommit] + names + contents)
    func refused(_ fault: SyncFault) async throws {
        let accepted = try await AcceptedSetup()
        try await fault.cause(accepted)
        try await accepted.expectRefusal(fault.code)
        // Asked again, the answer is the same: nothing is remembered as good.
        try await accepted.expectRefusal(fault.code)
    }

    @Test(
        "does not keep the next right release from coming into service",
        arguments: order.prefix(4) + provenance.prefix(1) + names.suffix(2) + contents.prefix(1))
    func recovered(_ fault: SyncFault) async throws {
        let accepted = try await AcceptedSetup()
        try await fault.cause(accepted)
        try await accepted.expectRefusal(fault.code)
        try await accepted.expectRecovery()
    }

    @Test("a release that was refused can not be pinned, though its objects are here")
    func refusedPin() async throws {
        let accepted = try await AcceptedSetup()
        var release = accepted.next
        release.digest = try SampleBundle.plain.digest.description
        let commit = try await release.put(in: accepted.git)
        try await accepted.expectRefusal(.digestMismatch)
        try await accepted.setup.mirrorGit().check("cat-file", "-e", commit)
        let pin = ConfigBundleRef(
            workspace: accepted.setup.workspace, bundle: accepted.bundle,
            commit: try #require(CommitID(commit)), digest: try SampleBundle.plain.digest)
        guard case .missing = try await accepted.runtime.availability(pin) else {
            Issue.record("a refused release is available")
            return
        }
        await failing(.bundleMissing) { try await accepted.runtime.contents(of: pin) }
        await failing(.bundleMissing) { try await accepted.runtime.verify(pin) }
    }

    @Test("a bundle that the host does not take leaves no trace in its store")
    func denied() async throws {
        let setup = try await RuntimeSetup()
        try await setup.publish()
        try setup.write(
            policy: """
                schema: sheaf/host-policy/v1
                workspaces: { acme: { repository: "\(setup.repositoryPath)", bundles: [other] } }
                """)
        let runtime = try setup.runtime()
        let bundle = try setup.bundle
        await failing(.hostPolicyDenied) { try await runtime.sync(bundle, on: .latest) }
        await failing(.hostPolicyDenied) {
            try await runtime.sync(bundle, on: .latest, workspace: setup.workspace)
        }
        let other = try WorkspaceID("other")
        await failing(.hostPolicyDenied) {
            try await runtime.sync(bundle, on: .latest, workspace: other)
        }
        #expect(
            !FileManager.default.fileExists(
                atPath: setup.mirror().path(percentEncoded: false)))
        #expect(try await runtime.acceptedReleases().isEmpty)
    }

    @Test("a first release with a chain that is out of order is not accepted")
    func firstChain() async throws {
        let setup = try await RuntimeSetup()
        let first = try await ForgedRelease(revision: 1, sequence: 1).put(in: setup.git)
        try await ForgedRelease(revision: 3, sequence: 3, parents: [first]).put(in: setup.git)
        let runtime = try setup.runtime()
        let bundle = try setup.bundle
        await failing(.historyRewritten) { try await runtime.sync(bundle, on: .latest) }
        #expect(try await runtime.acceptedReleases().isEmpty)
        await failing(.bundleMissing) { try await runtime.pin(bundle, on: .latest) }
        #expect(try await setup.leftovers() == [])
    }

    @Test("a release over this host's own limits is not accepted")
    func limits() async throws {
        let setup = try await RuntimeSetup()
        try await setup.publish()
        var limits = ContentLimits.standard
        limits.files = 3
        let runtime = try setup.runtime(limits: limits)
        let bundle = try setup.bundle
        await failing(.limitExceeded) { try await runtime.sync(bundle, on: .latest) }
        #expect(try await runtime.acceptedReleases().isEmpty)
    }

    @Test("only the owner of a store syncs")
    func reader() async throws {
        let setup = try await RuntimeSetup()
        try await setup.publish()
        let reader = try setup.runtime(.reader)
        let bundle = try setup.bundle
        await failing(.invalidRequest) { try await reader.sync(bundle, on: .latest) }
    }
}
