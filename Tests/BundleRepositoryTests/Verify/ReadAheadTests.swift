import BundleModel
import LibGit2
import TestSupport
import Testing

@testable import BundleRepository

@Suite("Reading the files of a large bundle ahead")
struct ReadAheadTests {
    private static let files = 1500

    private static var bundle: SampleBundle {
        (0..<files).reduce(into: SampleBundle()) { bundle, number in
            bundle.files["prompts/many/p-\(number).md"] = Array("Prompt \(number).\n".utf8)
        }
    }

    private func verifier(_ digests: DigestMemory) -> ContentsVerifier {
        ContentsVerifier(
            limits: .standard, documents: DocumentMemory(limits: .standard), digests: digests)
    }

    @Test("every file is hashed where it is scanned, and the digest is that of the raw objects")
    func digests() async throws {
        let workshop = try await Workshop()
        let result = try await workshop.publish(Self.bundle)
        let repository = try Repository.open(at: workshop.repository.path)
        let tree = try #require(ObjectID(hex: result.revision.tree))
        let digests = DigestMemory()
        #expect(try verifier(digests).findings(repository, tree: tree, subject: "it") == [])
        for name in ["p-0.md", "p-1023.md", "p-1024.md", "p-1499.md"] {
            let text = try await workshop.git.text("rev-parse", "\(tree.hex):prompts/many/\(name)")
            let blob = try #require(ObjectID(hex: text))
            let expected = SHA256Value(words: try repository.sha256(of: blob))
            #expect(digests.value(of: blob) == expected)
        }
        let digest = try TreeDigester(memory: digests).digest(repository, tree: tree)
        #expect(digest == result.revision.digest)
    }

    @Test("what is wrong with one of many files is found at its path, and nothing else is")
    func finding() async throws {
        let workshop = try await Workshop()
        let result = try await workshop.publish(Self.bundle)
        let wrong = try await workshop.forge.object("blob", [0x61, 0xFF, 0x0A])
        func replaced(_ tree: String, _ name: String, by id: String) async throws -> String {
            try await workshop.forge.tree(
                workshop.forge.entries(tree).map { $0.name == name ? ($0.mode, name, id) : $0 })
        }
        let root = result.revision.tree
        let prompts = try await workshop.git.text("rev-parse", "\(root):prompts")
        let many = try await workshop.git.text("rev-parse", "\(root):prompts/many")
        let forged = try await replaced(
            root, "prompts",
            by: replaced(prompts, "many", by: replaced(many, "p-1400.md", by: wrong)))
        let repository = try Repository.open(at: workshop.repository.path)
        let tree = try #require(ObjectID(hex: forged))
        let findings = try verifier(DigestMemory()).findings(
            repository, tree: tree, subject: "it")
        #expect(findings.map(\.path) == ["prompts/many/p-1400.md"])
        #expect(findings.map(\.code) == [.malformedBundle])
    }
}
