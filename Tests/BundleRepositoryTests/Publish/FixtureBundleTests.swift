import BundleModel
import Foundation
import TestSupport
import Testing

@testable import BundleRepository

@Suite("The bundles of the fixtures")
struct FixtureBundleTests {
    static let names: [String] =
        (try? FileManager.default.contentsOfDirectory(
            atPath: Fixtures.url("bundles").path(percentEncoded: false)
        ).sorted()) ?? []

    @Test("a bundle of a real team is published, released, read and verified", arguments: names)
    func whole(name: String) async throws {
        let workshop = try await Workshop()
        let source = Fixtures.url("bundles/\(name)")
        try FileManager.default.copyItem(at: source, to: workshop.agents)
        let workspace = try #require(
            try await BundleDirectory.read(workshop.agents.path(percentEncoded: false))
                .documents?.manifest.workspace)
        try await workshop.git.check("config", "sheaf.workspace", workspace.rawValue)
        let result = try await workshop.publish(directory: workshop.agents)
        #expect(result.notes == [])
        #expect(try await workshop.fsck() == "")
        #expect(
            result.revision.digest.description == (try await Shell.digest(of: workshop.agents)))

        let bundle = result.revision.provenance.bundle
        let repository = try workshop.another()
        _ = try await repository.verify(try workshop.reference("\(bundle)@latest"))
        let commit = try await repository.resolve(try workshop.reference("\(bundle)"))
        let files = try Fixtures.files(below: source).filter { !$0.path.hasSuffix(".gitignore") }
        #expect(try await repository.files(of: commit).map(\.path.text) == files.map(\.path))
        for file in files {
            let bytes = try await repository.file(try BundlePath(file.path), of: commit)
            #expect(bytes == file.bytes)
        }
    }

    @Test("there are bundles to try")
    func some() {
        #expect(Self.names.count >= 2)
    }
}
