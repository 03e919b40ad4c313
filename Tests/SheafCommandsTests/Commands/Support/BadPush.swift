import BundleModel
import Foundation
import TestSupport
import Testing

/// A push that has to be refused: what is made in the clone, and what Git says to it.
struct BadPush: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let code: SheafError.Code
    /// A part of what the pusher reads.
    let message: String
    /// Makes the commits and gives the arguments of the push.
    let prepare: @Sendable (Clone) async throws -> [String]

    init(
        _ description: String, _ code: SheafError.Code, _ message: String,
        prepare: @escaping @Sendable (Clone) async throws -> [String]
    ) {
        testDescription = "\(code.rawValue): \(description)"
        self.code = code
        self.message = message
        self.prepare = prepare
    }

    static let revisions = Desk.branch
    static let latest = Desk.latest

    /// Moves of references that no push may make.
    static let references = [
        BadPush("a deleted branch", .historyRewritten, "never deleted") { _ in
            [":\(revisions)"]
        },
        BadPush("a tag", .invalidRequest, "refs/tags/v1") { clone in
            try await clone.git.check("tag", "v1")
            return ["v1"]
        },
        BadPush("a tag with a message", .invalidRequest, "refs/tags/v1") { clone in
            try await clone.git.check("tag", "-a", "-m", "one", "v1")
            return ["v1"]
        },
        BadPush("a note", .invalidRequest, "refs/notes/commits") { clone in
            try await clone.git.check("notes", "add", "-m", "approved")
            return ["refs/notes/commits"]
        },
        BadPush("another branch", .invalidRequest, "refs/heads/main") { _ in
            ["HEAD:refs/heads/main"]
        },
        BadPush("a reference outside branches", .invalidRequest, "refs/pins/x") { _ in
            ["HEAD:refs/pins/x"]
        },
        BadPush("a name that is no bundle's", .invalidRequest, "bundle id 'Agents'") { _ in
            ["HEAD:refs/heads/bundles/Agents"]
        },
        BadPush("a name with a level more", .invalidRequest, "bundle id 'a/b'") { _ in
            ["HEAD:refs/heads/bundles/a/b"]
        },
        BadPush("a channel without a bundle", .invalidRequest, "refs/heads/channels/latest") { _ in
            ["HEAD:refs/heads/channels/latest"]
        },
        BadPush("a channel that is no name", .invalidRequest, "channel id '1'") { _ in
            ["HEAD:refs/heads/channels/support-agents/1"]
        },
        BadPush("a branch that is another's other name", .invalidRequest, "not well formed") {
            clone in
            try await clone.desk.git.check(
                "symbolic-ref", "refs/heads/bundles/alias", revisions)
            return ["\(try await clone.commit("two")):refs/heads/bundles/alias"]
        },
        BadPush("an older commit", .historyRewritten, "does not follow") { clone in
            try await clone.commit("two")
            let pushed = try await clone.push("HEAD")
            #expect(pushed.succeeded, "\(pushed)")
            return ["--force", "HEAD^:\(revisions)"]
        },
        BadPush("another commit in the place of one", .historyRewritten, "does not follow") {
            clone in
            try await clone.commit("two")
            let pushed = try await clone.push("HEAD")
            #expect(pushed.succeeded, "\(pushed)")
            try await clone.commit("another two", "--amend")
            return ["--force", "HEAD"]
        },
        BadPush("another history", .historyRewritten, "does not follow") { clone in
            ["--force", "\(try await clone.forge(parents: [])):\(revisions)"]
        },
        BadPush("a merge", .historyRewritten, "is a merge") { clone in
            let one = try await clone.git.commit("HEAD")
            let two = try await clone.commit("two")
            let three = try await clone.forge(like: two, parents: [one]) {
                $0.replacing("two", with: "three")
            }
            return ["\(try await clone.forge(like: two, parents: [two, three])):\(revisions)"]
        },
        BadPush("too many branches at once", .limitExceeded, "more than 256") { _ in
            (0...256).map { "HEAD:refs/heads/x\($0)" }
        },
        BadPush("one that is right beside one that is not", .invalidRequest, "refs/heads/main") {
            clone in
            try await clone.commit("two")
            return ["HEAD", "HEAD:refs/heads/main"]
        },
    ]

    /// A commit that differs from a right one in its message, and the push of it.
    private static func message(
        _ description: String, _ code: SheafError.Code, _ text: String,
        _ change: @escaping @Sendable (String) -> String
    ) -> BadPush {
        BadPush(description, code, text) { clone in
            let right = try await clone.commit("two")
            return ["\(try await clone.forge(like: right, message: change)):\(revisions)"]
        }
    }

    /// Commits whose messages do not say what they are.
    static let messages = [
        message("no trailers", .provenanceInvalid, "sheaf stamp") { _ in "by hand" },
        message("a missing trailer", .provenanceInvalid, "'Bundle-Publisher' is missing") {
            $0.replacing(/\nBundle-Publisher: .*/, with: "")
        },
        message("a repeated trailer", .provenanceInvalid, "stands 2 times") {
            $0.replacing("Bundle-Revision: 2", with: "Bundle-Revision: 2\nBundle-Revision: 2")
        },
        message("an unknown trailer", .provenanceInvalid, "'Bundle-Colour' is not known") {
            $0 + "\nBundle-Colour: red"
        },
        message("a trailer of a release", .provenanceInvalid, "does not belong here") {
            $0 + "\nRelease-Reason: because"
        },
        message("a malformed trailer", .provenanceInvalid, "malformed value") {
            $0.replacing("Bundle-Revision: 2", with: "Bundle-Revision: 02")
        },
        message("a number that does not follow", .historyRewritten, "says that it is revision 3") {
            $0.replacing("Bundle-Revision: 2", with: "Bundle-Revision: 3")
        },
        message("another workspace", .workspaceMismatch, "of workspace 'other'") {
            $0.replacing("Bundle-Workspace: acme", with: "Bundle-Workspace: other")
        },
        message("another bundle", .workspaceMismatch, "of bundle 'others'") {
            $0.replacing("Bundle-Id: support-agents", with: "Bundle-Id: others")
        },
        message("a digest of other contents", .digestMismatch, "'sheaf stamp' renews") {
            $0.replacing(/sha256:[0-9a-f]{64}/, with: "sha256:\(String(repeating: "0", count: 64))")
        },
        message("a message over the limit", .limitExceeded, "message of commit") {
            String(repeating: "many words ", count: 7000) + "\n\n" + $0
        },
        BadPush("a message in another encoding", .provenanceInvalid, "'encoding' header") { clone in
            let right = try await clone.commit("two")
            let forged = try await clone.forge(
                like: right, configuration: ["-c", "i18n.commitEncoding=ISO-8859-1"])
            return ["\(forged):\(revisions)"]
        },
        BadPush("another bundle's branch", .workspaceMismatch, "of bundle 'support-agents'") { _ in
            ["HEAD:refs/heads/bundles/others"]
        },
    ]
}
