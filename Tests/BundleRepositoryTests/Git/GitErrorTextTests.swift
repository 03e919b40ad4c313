import BundleModel
import Foundation
import LibGit2
import TestSupport
import Testing

@testable import BundleRepository

@Suite("What a failure of libgit2 says in public")
struct GitErrorTextTests {
    static let codes: [GitError.Code] = [
        .notFound, .exists, .modified, .invalidSpec, .locked, .nonFastForward, .corrupt,
        .ambiguous, .userCancelled, .deadline, .ioFailure, .other(-36),
    ]

    @Test(
        "libgit2's own words, which may name paths of the host, are never in it", arguments: codes)
    func words(code: GitError.Code) throws {
        let error = SheafError(
            GitError(code: code, message: "'/srv/secret/acme.git' is not owned by you"),
            "the branches")
        #expect(error.message.hasPrefix("the branches: "))
        for part in ["/", "secret", "owned"] { #expect(!error.message.contains(part)) }
        #expect(error.details.isEmpty)
    }

    @Test("the words for every code are different ones")
    func different() {
        let texts = Self.codes.map { GitError(code: $0, message: "").publicText }
        #expect(Set(texts).count == texts.count)
    }

    @Test("a directory that is no repository is named as its user named it, and nothing else is")
    func notRepository() throws {
        let directory = try TemporaryDirectory()
        let path = directory.url.path(percentEncoded: false)
        let error = #expect(throws: SheafError.self) { try BundleRepository.open(at: path) }
        #expect(error?.code == .storeCorrupt)
        let name = "'\(DisplayText.escape(path))'"
        #expect(error?.message.hasPrefix(name) == true)
        #expect(error?.message.dropFirst(name.count).contains("/") == false)
    }

    @Test("a store that cannot be opened does not say where it is")
    func mirror() throws {
        let directory = try TemporaryDirectory()
        _ = try directory.write("rubbish", to: "mirror.git/HEAD")
        let path = directory.appending("mirror.git").path(percentEncoded: false)
        let error = #expect(throws: SheafError.self) {
            _ = try ReleaseMirror(
                at: path, workspace: WorkspaceID("acme"), bundle: BundleID("support-agents"),
                creating: false)
        }
        #expect(error?.code == .storeCorrupt)
        #expect(error?.message.contains("mirror.git") == false)
    }
}
