import BundleModel
import Foundation
import TestSupport
import Testing

@testable import BundleRepository

@Suite("A directory that changes while it is published")
struct ChangingDirectoryTests {
    /// A publish during which somebody changes the directory after it was listed, or read and
    /// checked: git is a script that makes the change when it is asked for what is ignored, or for
    /// the files of the checkout's commit.
    private func publish(
        changing change: String, at moment: String = "ls-tree"
    ) async throws -> (Workshop, Result<PublishResult, SheafError>) {
        let workshop = try await Workshop()
        try SampleBundle().write(to: workshop.agents)
        let checkout = try await GitOracle(repositoryAt: workshop.agents)
        try await checkout.check("commit", "--quiet", "--allow-empty", "-m", "x")
        let script = try workshop.directory.write(
            """
            #!/bin/bash
            case " $* " in *" \(moment) "*)
                cd '\(workshop.agents.path(percentEncoded: false))'
                \(change)
            esac
            PATH=${PATH#*:} exec git "$@"

            """, to: "bin/git")
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o755], ofItemAtPath: script.path(percentEncoded: false))
        let path = TestEnvironment.base["PATH"] ?? "/usr/bin:/bin"
        let repository = try workshop.another(environment: [
            "PATH": workshop.directory.path + "/bin:" + path
        ])
        let request = PublishRequest(directory: workshop.agents.path(percentEncoded: false))
        do throws(SheafError) {
            return (workshop, .success(try await repository.publish(request)))
        } catch {
            return (workshop, .failure(error))
        }
    }

    @Test(
        "a file that changes, shrinks, goes or becomes something else stops the publish",
        arguments: [
            "echo x | dd of=assets/logo.bin bs=1 seek=1 conv=notrunc 2>/dev/null",
            "echo x >> assets/logo.bin", ": > assets/logo.bin", "rm assets/logo.bin",
            "rm assets/logo.bin; ln -s /etc/passwd assets/logo.bin",
            "rm assets/logo.bin; mkfifo assets/logo.bin",
            "rm assets/logo.bin; mkdir assets/logo.bin", "mv assets old; ln -s /etc assets",
            "rm -r assets", "cp -r . ../copy; rm -r *",
        ])
    func changed(change: String) async throws {
        let (workshop, result) = try await publish(changing: change)
        #expect {
            try result.get()
        } throws: { error in
            guard let error = error as? SheafError else { return false }
            return error.code == .conflict && error.message.contains("changed while")
                && error.hint != nil && !error.message.contains(workshop.directory.path)
        }
        #expect(try await workshop.state().last == "0 objects")
        let pack = workshop.repository.path + "/objects/pack"
        #expect(try FileManager.default.contentsOfDirectory(atPath: pack) == [])
        try FileManager.default.removeItem(at: workshop.agents)
        let next = try await workshop.publish()
        #expect(next.revision.number == 1)
        #expect(try await workshop.fsck() == "")
    }

    @Test(
        "a file that was listed and is not there or another thing when it is read is a conflict",
        arguments: [
            "rm assets/logo.bin", "rm assets/logo.bin; ln -s /etc/passwd assets/logo.bin",
            "rm assets/logo.bin; mkfifo assets/logo.bin", "mv assets old; ln -s /etc assets",
            "rm assets/logo.bin; mkdir assets/logo.bin", "head -c 9000000 /dev/zero > README.md",
        ])
    func listed(change: String) async throws {
        let (workshop, result) = try await publish(changing: change, at: "ls-files")
        #expect {
            try result.get()
        } throws: { error in
            guard let error = error as? SheafError else { return false }
            return error.code == .conflict && error.message.contains("changed while")
                && !error.message.contains(workshop.directory.path)
        }
        #expect(try await workshop.state().last == "0 objects")
    }

    @Test("a file that was edited between listing and reading is published as it was read")
    func edited() async throws {
        let (workshop, result) = try await publish(
            changing: "echo longer than before > README.md", at: "ls-files")
        #expect(try result.get().isNew)
        _ = try await workshop.repository.verify(try workshop.reference("support-agents"))
    }

    @Test(
        "what is not part of what was read does not matter",
        arguments: ["echo x > new.md", "touch README.md; chmod 755 README.md", "mkdir -p tools"])
    func beside(change: String) async throws {
        let (workshop, result) = try await publish(changing: change)
        #expect(try result.get().isNew)
        let commit = try await workshop.repository.resolve(
            try workshop.reference("support-agents"))
        #expect(
            try await workshop.repository.files(of: commit).map(\.path.text)
                == SampleBundle().files.keys.sorted())
        _ = try await workshop.repository.verify(try workshop.reference("support-agents"))
        #expect(try await workshop.fsck() == "")
    }
}
