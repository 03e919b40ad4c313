import Foundation
import LibGit2
import TestSupport
import Testing

@Suite("objects that the fuzzer found, judged by git")
struct CorpusOracleTests {
    /// What `git fsck` calls the errors in an object, e.g. `missingAuthor`.
    ///
    /// The object is alone in its repository, because git takes what several name as a tree and as
    /// a commit for an error of its own. That those are not there is none of the object.
    private static func faults(
        in object: [UInt8], kind: String, _ git: Git
    ) async throws -> [Substring] {
        let id = try await git(
            "hash-object", "-w", "--literally", "-t", kind, "--stdin", input: Data(object))
        // The status says which kinds of error there are, in bits.
        let output = try await Command.run(
            "bash", ["-c", "git fsck 2>&1 || true"], in: git.folder,
            environment: Git.environment)
        try FileManager.default.removeItem(
            atPath: "\(git.folder)/.git/objects/\(id.prefix(2))/\(id.dropFirst(2))")
        // error in commit <id>: missingAuthor: invalid format - expected 'author' line
        return String(decoding: output, as: UTF8.self).split(separator: "\n").compactMap { line in
            let words = line.split(separator: " ")
            guard words.count > 5, line.hasPrefix("error in \(kind) "), words[4].last == ":" else {
                return nil
            }
            return words[4].dropLast()
        }
    }

    @Test("a kept commit that is read has no error to git fsck")
    func commits() async throws {
        let folder = try TemporaryFolder()
        let git = try await Git.repository(at: folder("repository"))
        var accepted = 0
        var faulty = 0
        for bytes in try Fixtures.corpus("commit") where bytes.starts(with: "tree ".utf8) {
            let faults = try await Self.faults(in: bytes, kind: "commit", git)
            if !faults.isEmpty { faulty += 1 }
            guard (try? RawCommit.parse(bytes)) != nil else { continue }
            accepted += 1
            #expect(faults == [], "\(Data(bytes).base64EncodedString())")
        }
        #expect(accepted > 5 && faulty > 0)
    }

    /// Git also reads modes that no mode has the digits for; they wrap around.
    @Test("a kept tree that is read can be read by git")
    func trees() async throws {
        let folder = try TemporaryFolder()
        let git = try await Git.repository(at: folder("repository"))
        var accepted = 0
        var bad = 0
        for bytes in try Fixtures.corpus("tree") {
            let isBad = try await Self.faults(in: bytes, kind: "tree", git).contains("badTree")
            if isBad { bad += 1 }
            guard (try? RawTree.parse(bytes)) != nil else { continue }
            accepted += 1
            #expect(!isBad, "\(Data(bytes).base64EncodedString())")
        }
        #expect(accepted > 5 && bad > 0)
    }
}
