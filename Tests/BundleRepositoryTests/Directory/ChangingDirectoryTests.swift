import BundleModel
import Foundation
import TestSupport
import Testing

@testable import BundleRepository

@Suite("A directory that changes while it is published")
struct ChangingDirectoryTests {
    /// A publish that stops after reading the directory until the change was made: git is a script
    /// that makes the change when it is asked for the identity.
    private func publish(
        _ bundle: SampleBundle, change: String
    ) async throws -> (Workshop, Result<PublishResult, SheafError>) {
        let workshop = try await Workshop()
        try bundle.write(to: workshop.agents)
        let script = try workshop.directory.write(
            """
            #!/bin/bash
            case " $* " in *" var "*) cd '\(workshop.agents.path(percentEncoded: false))'; \(change);;
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

    /// A bundle whose last files are not kept in memory when it is read.
    private static let large: SampleBundle = {
        var bundle = SampleBundle()
        for number in 0..<5 {
            bundle = bundle.with(
                "assets/\(number).bin", bytes: Array(repeating: UInt8(number), count: 8 << 20))
        }
        return bundle
    }()

    @Test("what was read and checked is published, though a small file changes afterwards")
    func small() async throws {
        let (workshop, result) = try await publish(
            SampleBundle(), change: "echo changed > README.md; rm prompts/coder/system.md")
        let revision = try result.get().revision
        let commit = ResolvedCommit.revision(revision)
        let readme = try await workshop.repository.file(BundlePath("README.md"), of: commit)
        #expect(readme == SampleBundle().files["README.md"])
        _ = try await workshop.repository.verify(try workshop.reference("support-agents"))
        #expect(try await workshop.fsck() == "")
    }

    @Test(
        "a large file that changes, shrinks, goes or becomes something else stops the publish",
        arguments: [
            "echo x | dd of=assets/4.bin bs=1 seek=100 conv=notrunc 2>/dev/null",
            "echo x >> assets/4.bin", ": > assets/4.bin", "rm assets/4.bin",
            "rm assets/4.bin; ln -s /etc/passwd assets/4.bin",
            "rm assets/4.bin; mkfifo assets/4.bin", "mv assets old; ln -s /etc assets",
        ])
    func large(change: String) async throws {
        let (workshop, result) = try await publish(Self.large, change: change)
        #expect {
            try result.get()
        } throws: { error in
            guard let error = error as? SheafError else { return false }
            return error.code == .conflict && error.message.contains("'assets/")
                && error.hint != nil
        }
        #expect(try await workshop.state().last == "0 objects")
        let pack = workshop.repository.path + "/objects/pack"
        #expect(try FileManager.default.contentsOfDirectory(atPath: pack) == [])
        try FileManager.default.removeItem(at: workshop.agents)
        let next = try await workshop.publish()
        #expect(next.revision.number == 1)
        #expect(try await workshop.fsck() == "")
    }
}
