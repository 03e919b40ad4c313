import BundleModel
import Foundation
import RuntimeProtocol
import TestSupport
import Testing
import WorkerRuntime

@testable import RuntimeServer

@Suite("A forged release that is put over HTTP")
struct ForgedFileTests {
    /// Something that is wrong with a file, and how it is refused.
    struct Forgery: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let status: Int
        let code: SheafError.Code
        /// What becomes of the message of the release that follows; nil for that release as it is.
        var message: (@Sendable (String) -> String)?
        /// What becomes of the bytes of the file.
        var bytes: @Sendable (inout [UInt8]) -> Void = { _ in }
    }

    private static let zeros = String(repeating: "0", count: 40)

    static let forgeries = [
        Forgery(
            testDescription: "the digest is of other contents", status: 409,
            code: .digestMismatch,
            message: {
                $0.replacing(/Bundle-Digest: .*/, with: "Bundle-Digest: \(RouteCase.digest)")
            }),
        Forgery(
            testDescription: "the trailers name another workspace", status: 403,
            code: .workspaceMismatch,
            message: { $0.replacing("Bundle-Workspace: acme", with: "Bundle-Workspace: other") }),
        Forgery(
            testDescription: "a trailer is there twice", status: 422, code: .provenanceInvalid,
            message: { $0 + "Release-Sequence: 2\n" }),
        Forgery(
            testDescription: "an entry is damaged", status: 422, code: .malformedBundle,
            bytes: { $0[pack($0) + 60] ^= 0xFF }),
        Forgery(
            testDescription: "a second branch", status: 422, code: .malformedBundle,
            bytes: {
                let line = "\(zeros) refs/heads/channels/agents/other\n"
                $0.insert(contentsOf: Array(line.utf8), at: 16)
            }),
        Forgery(
            testDescription: "a prerequisite that nobody has", status: 404, code: .bundleMissing,
            bytes: { $0.insert(contentsOf: Array("-\(zeros) \n".utf8), at: 16) }),
    ]

    private static func pack(_ bytes: [UInt8]) -> Int {
        (0..<bytes.count).first { bytes[$0...].starts(with: Array("PACK".utf8)) } ?? 0
    }

    @Test("is refused with its status and code, and nothing of it arrives", arguments: forgeries)
    func refused(_ forgery: Forgery) async throws {
        let host = try await RuntimeHost()
        let facts = try await ContractTests.facts(host)
        let good = Array(try Data(contentsOf: URL(filePath: facts.file)))
        let git = GitOracle(in: host.home.appending("acme.git"))
        let forged = try await Self.release(forgery, after: facts.agents, in: git)
        let digest = try #require(
            try await git.text("log", "-1", "--format=%B", forged)
                .firstMatch(of: /Bundle-Digest: (\S+)/)?.1)
        let file = host.home.appending("forged.bundle")
        let branch = "refs/heads/channels/agents/latest"
        try await git.check("update-ref", branch, forged)
        try await git.check("bundle", "create", "--version=2", file.path(), branch)
        var bytes = Array(try Data(contentsOf: file))
        forgery.bytes(&bytes)
        let bad = bytes
        let runtime = try host.runtime("store")
        try await host.serve(runtime) { served in
            func put(_ digest: some CustomStringConvertible, _ bytes: [UInt8]) async throws
                -> RawAnswer
            {
                try await served.ask(
                    "PUT", "/v1/config-bundles/\(digest)", type: "application/x-git-bundle",
                    body: bytes)
            }
            // On a host that has nothing.
            let first = try await put(digest, bad)
            #expect(first.status == forgery.status, "\(first)")
            #expect(first.code == forgery.code.rawValue, "\(first)")
            #expect(try await runtime.acceptedReleases().isEmpty)
            let mirror = host.home.appending("store/bundles/acme/agents.git")
            #expect(!FileManager.default.fileExists(atPath: mirror.path()))
            // And on one that has the release before.
            #expect(try await put(facts.agents.pin.digest, good).status == 201)
            let second = try await put(digest, bad)
            #expect(second.status == forgery.status, "\(second)")
            #expect(second.code == forgery.code.rawValue, "\(second)")
            let accepted = try await runtime.acceptedReleases()
            #expect(accepted.map(\.pin.commit) == [facts.agents.pin.commit])
            let kept = GitOracle(in: mirror)
            #expect(try await !kept.run(["cat-file", "-e", forged]).succeeded)
            try await kept.check("fsck", "--full", "--strict")
        }
        #expect(host.arriving.isEmpty)
    }

    /// A release of the same contents that would rightly follow, but for its message.
    private static func release(
        _ forgery: Forgery, after release: ReleaseDocument, in git: GitOracle
    ) async throws -> String {
        let before = release.pin.commit.hex
        let message = try await git.text("log", "-1", "--format=%B", before)
            .replacing("Release-Sequence: 1", with: "Release-Sequence: 2")
        let text = (forgery.message ?? { $0 })(message + "\n")
        return try await git.check(
            ["commit-tree", "\(before)^{tree}", "-p", before, "-F", "-"], input: Array(text.utf8)
        ).trimmed
    }
}
