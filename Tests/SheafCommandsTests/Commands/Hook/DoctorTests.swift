import Foundation
import TestSupport
import Testing

@Suite("The doctor")
struct DoctorTests {
    /// Something that is wrong with a repository, and whether the doctor repairs it.
    struct Ailment: Sendable, CustomTestStringConvertible {
        let kind: String
        let subject: String
        let isFixable: Bool
        let spoil: @Sendable (Desk) async throws -> Void

        init(
            _ kind: String, _ subject: String, isFixable: Bool = false,
            _ spoil: @escaping @Sendable (Desk) async throws -> Void
        ) {
            self.kind = kind
            self.subject = subject
            self.isFixable = isFixable
            self.spoil = spoil
        }

        var testDescription: String { "\(kind): \(subject)" }

        static func setting(_ key: String, _ value: String? = nil) -> Ailment {
            Ailment("setting", key, isFixable: true) { desk in
                if let value {
                    try await desk.git.check("config", "--replace-all", key, value)
                } else {
                    try await desk.git.check("config", "--unset-all", key)
                }
            }
        }
    }

    static let ailments = [
        .setting("receive.procReceiveRefs"), .setting("receive.procReceiveRefs", "am:refs/heads"),
        .setting("receive.denyDeletes", "no"), .setting("receive.denyNonFastForwards"),
        .setting("receive.fsckObjects", "0"), .setting("transfer.fsckObjects"),
        .setting("receive.maxInputSize", "0"), .setting("receive.unpackLimit", "100"),
        .setting("receive.shallowUpdate", "true"), .setting("receive.advertiseAtomic", "false"),
        .setting("core.fsync", "none"), .setting("core.useReplaceRefs", "true"),
        .setting("transfer.hideRefs"),
        Ailment("hook-missing", "pre-receive", isFixable: true) {
            try FileManager.default.removeItem(
                at: $0.repository.appending(path: "hooks/pre-receive"))
        },
        Ailment("hook-not-executable", "proc-receive", isFixable: true) {
            try $0.setServerMode(0o644, "hooks/proc-receive")
        },
        Ailment("hook-foreign", "pre-receive") {
            try $0.writeServer("#!/bin/sh\n", "hooks/pre-receive", mode: 0o755)
        },
        Ailment("hook-outdated", "pre-receive", isFixable: true) { desk in
            let file = desk.repository.appending(path: "hooks/pre-receive")
            let text = try String(contentsOf: file, encoding: .utf8)
            try desk.writeServer(text + "# more\n", "hooks/pre-receive", mode: 0o755)
        },
        Ailment("hooks-elsewhere", "core.hooksPath") {
            try await $0.git.check("config", "core.hooksPath", "/srv/hooks")
        },
        Ailment("setting-weakening", "receive.fsck.zeropaddedfilemode") {
            try await $0.git.check("config", "receive.fsck.zeroPaddedFilemode", "ignore")
        },
        Ailment("replace-reference", "refs/replace/") { desk in
            try await desk.git.check("replace", Desk.latest, Desk.branch)
        },
        Ailment("notes", "refs/notes/commits") {
            try await $0.git.check("notes", "add", "-m", "x", Desk.branch)
        },
        Ailment("foreign-reference", "refs/tags/v1") {
            try await $0.git.check("tag", "v1", Desk.branch)
        },
        Ailment("symbolic-reference", "refs/heads/bundles/alias") {
            try await $0.git.check("symbolic-ref", "refs/heads/bundles/alias", Desk.branch)
        },
        Ailment("branch", "refs/heads/bundles/others") {
            try await $0.git.check("update-ref", "refs/heads/bundles/others", Desk.branch)
        },
        Ailment("head", "HEAD", isFixable: true) {
            try await $0.git.check("symbolic-ref", "HEAD", "refs/heads/main")
        },
        Ailment("grafts", "info/grafts") { desk in
            try desk.writeServer("\(try await desk.git.commit(Desk.branch))\n", "info/grafts")
        },
        Ailment("shallow", "shallow") { desk in
            try desk.writeServer("\(try await desk.git.commit(Desk.branch))\n", "shallow")
        },
        Ailment("alternates", "objects/info/alternates") { desk in
            try await desk.plainGit.check("init", "--quiet", "--bare", "other.git")
            try desk.writeServer("\(desk.home.path)/other.git/objects\n", "objects/info/alternates")
        },
        Ailment("world-writable", "config") { try $0.setServerMode(0o666, "config") },
        Ailment("leftover", "objects/pack/pack_git2_x", isFixable: true) { desk in
            try desk.writeServer("", "objects/pack/pack_git2_x")
            let file = desk.repository.appending(path: "objects/pack/pack_git2_x")
            try FileManager.default.setAttributes(
                [.modificationDate: Date(timeIntervalSinceNow: -7200)],
                ofItemAtPath: file.path(percentEncoded: false))
        },
    ]

    @Test(
        "each thing that is wrong is said, with what to do, and repaired where that is safe",
        arguments: ailments)
    func ailment(ailment: Ailment) async throws {
        let desk = try await Desk.published()
        try await ailment.spoil(desk)
        let output = try await desk.sheaf.run("doctor", "--format", "json")
        #expect(output.status == 1, "\(output)")
        guard case .list(let problems)? = try JSONValue(output.standardOutput)["problems"] else {
            Issue.record("no list")
            return
        }
        let found = problems.filter {
            $0["kind"]?.text == ailment.kind
                && $0["subject"]?.text?.hasPrefix(ailment.subject) == true
        }
        #expect(found.count == 1, "\(output)")
        #expect(found.first?["isFixable"]?.bool == ailment.isFixable)
        #expect(found.first?["advice"]?.text?.isEmpty == false)
        let text = try await desk.sheaf.run("doctor")
        #expect(text.status == 1)
        #expect(text.text.contains("\(ailment.kind): "), "\(text)")
        let fixed = try await desk.sheaf.run("doctor", "--fix")
        #expect(fixed.succeeded == ailment.isFixable, "\(fixed)")
    }

    @Test("a repository that was made or published to is in order, and one of plain Git is mended")
    func healthy() async throws {
        let desk = try await Desk.published()
        let fine = try await desk.json("doctor")
        #expect(fine["problems"]?.count == 0)
        try await desk.plainGit.check("init", "--quiet", "--bare", "plain.git")
        let plain = try await desk.sheaf.run("doctor", "--repository", "plain.git")
        #expect(plain.status == 1)
        let mended = try await desk.sheaf.run("doctor", "--repository", "plain.git", "--fix")
        #expect(mended.succeeded, "\(mended)")
        let missing = try await desk.sheaf.run("doctor", "--repository", "nowhere.git")
        #expect(missing.errorText.contains("(not_found)"))
    }
}
