#if os(Linux)
    import BundleModel
    import Foundation
    import LibGit2
    import TestSupport
    import Testing

    @testable import BundleRepository

    @Suite("A repository that is opened anew")
    struct ReopeningTests {
        /// The packs of a repository that this process has open.
        private func packs(of repository: BundleRepository) throws -> [String] {
            let manager = FileManager.default
            return try manager.contentsOfDirectory(atPath: "/proc/self/fd").compactMap {
                try? manager.destinationOfSymbolicLink(atPath: "/proc/self/fd/\($0)")
            }
            .filter { $0.contains(repository.path) && $0.contains(".pack") }
        }

        @Test("closes the packs that were read, and reads them again")
        func closing() async throws {
            let workshop = try await Workshop()
            try await workshop.publish()
            let repository = workshop.repository
            func history() async throws -> Set<CommitID> {
                let tips = try await repository.servedReferences().map(\.tip)
                return try await repository.servedHistory(from: Set(tips))
            }
            var known: Set<CommitID> = []
            for round in 1...3 {
                try await workshop.publish(SampleBundle().prompt("Round \(round).\n"))
                let now = try await history()
                #expect(now.isStrictSuperset(of: known))
                known = now
            }
            #expect(try !packs(of: repository).isEmpty)
            try await repository.reopen()
            #expect(try packs(of: repository) == [])
            #expect(try await history() == known)
        }

        @Test("finds no reference while it is closed, wherever the process stands")
        func closed() throws {
            let repository = try Repository.nowhere()
            let id = try #require(ObjectID(hex: String(repeating: "1", count: 40)))
            let (isThere, path) = (repository.contains(id), repository.path)
            #expect(!isThere)
            #expect(path == "/dev/null/")
            #expect(throws: GitError.self) { try repository.reference("refs/heads/main") }
            #expect(throws: GitError.self) { try repository.references(withPrefix: "refs/").count }
            #expect(throws: GitError.self) { try repository.headTarget() }
        }

        @Test("that is gone is an error, and is there again when it is")
        func gone() async throws {
            let workshop = try await Workshop()
            try await workshop.publish()
            let repository = workshop.repository
            let aside = workshop.directory.appending("aside.git").path
            try FileManager.default.moveItem(atPath: repository.path, toPath: aside)
            await #expect(throws: SheafError.self) { try await repository.reopen() }
            #expect(try await repository.servedReferences().isEmpty)
            try FileManager.default.moveItem(atPath: aside, toPath: repository.path)
            try await repository.reopen()
            #expect(try await repository.servedReferences().count == 2)
        }
    }
#endif
