import BundleModel
import Foundation
import TestSupport

extension BadInput {
    /// Repositories that somebody else wrote to.
    static let histories = [
        BadInput(
            "a commit without trailers", .provenanceInvalid, "Bundle-Digest", "log",
            "support-agents"
        ) {
            try await $0.publish(revisions: 1)
            try await $0.forge(Desk.branch, message: "by hand\n")
        },
        BadInput(
            "a commit with a trailer twice", .provenanceInvalid, "Bundle-Id", "publish", "agents"
        ) { desk in
            try await desk.publish(revisions: 1)
            let message = try await desk.message(Desk.branch)
            try await desk.forge(Desk.branch, message: "\(message)\nBundle-Id: support-agents\n")
            try desk.edit()
        },
        BadInput(
            "contents that are not those of the trailer", .digestMismatch, "claimed", "verify",
            "support-agents"
        ) { desk in
            try await desk.publish(revisions: 1)
            let message = try await desk.message(Desk.branch)
                .replacing(
                    /sha256:[0-9a-f]{64}/, with: "sha256:" + String(repeating: "0", count: 64))
            try await desk.forge(Desk.branch, message: message)
        },
        BadInput("a merge", .historyRewritten, "2 parents", "log", "support-agents") { desk in
            try await desk.publish(revisions: 2)
            let head = try await desk.git.commit(Desk.branch)
            let message = try await desk.message(Desk.branch)
                .replacing("Bundle-Revision: 2", with: "Bundle-Revision: 3")
            try await desk.forge(Desk.branch, message: message, parents: [head, "\(head)^"])
        },
        BadInput(
            "a revision that skips a number", .historyRewritten, "follows revision 1", "verify",
            "support-agents"
        ) { desk in
            try await desk.publish(revisions: 1)
            let head = try await desk.git.commit(Desk.branch)
            let message = try await desk.message(Desk.branch)
                .replacing("Bundle-Revision: 1", with: "Bundle-Revision: 3")
            try await desk.forge(Desk.branch, message: message, parents: [head])
        },
        BadInput(
            "a bundle of another workspace", .workspaceMismatch, "'other'", "publish", "agents"
        ) {
            try await $0.publish(revisions: 1)
            try $0.writeBundle(workspace: "other")
        },
        BadInput(
            "init for another workspace", .workspaceMismatch, "'other'", "init", "--workspace",
            "other"
        ) {
            try await $0.publish(revisions: 1)
        },
        BadInput(
            "a commit of another bundle", .workspaceMismatch, "support-agents", "show", "others"
        ) { desk in
            try await desk.publish(revisions: 1)
            let head = try await desk.git.commit(Desk.branch)
            try await desk.git.check("update-ref", "refs/heads/bundles/others", head)
        },
        BadInput(
            "a repository that is something else", .storeCorrupt, "not a Git repository", "log",
            "--repository", "agents"),
        BadInput(
            "publishing to something else", .storeCorrupt, "not a Git repository", "publish",
            "agents", "--repository", "agents"),
        BadInput(
            "an object that is gone", .storeCorrupt, "'prompts/coder.md'", "verify",
            "support-agents"
        ) { desk in
            try await desk.publish(revisions: 1)
            let blob = try await desk.git.text("rev-parse", "\(Desk.branch):prompts/coder.md")
            let packs = desk.repository.appending(path: "objects/pack")
            let moved = desk.home.appending("packs")
            try FileManager.default.moveItem(at: packs, to: moved)
            try FileManager.default.createDirectory(at: packs, withIntermediateDirectories: true)
            for pack in try FileManager.default.contentsOfDirectory(
                at: moved, includingPropertiesForKeys: nil) where pack.pathExtension == "pack"
            {
                try await desk.git.check(
                    "unpack-objects", "-q", input: [UInt8](Data(contentsOf: pack)))
            }
            try FileManager.default.removeItem(
                at: desk.repository.appending(
                    path: "objects/\(blob.prefix(2))/\(blob.dropFirst(2))"))
        },
    ]
}
