import BundleModel
import Foundation
import TestSupport
import Testing

@testable import BundleRepository

@Suite("The copy of a repository at another place")
struct CopyConditionTests {
    /// A repository with one bundle, and a copy of it that has a mark by which it is known again.
    private struct Copied {
        let workshop: Workshop
        let cache: TemporaryDirectory

        init() async throws {
            workshop = try await Workshop()
            try await workshop.publish()
            cache = try TemporaryDirectory()
            _ = try await open()
            try Data().write(to: mark)
        }

        func open() async throws -> BundleRepository {
            try await BundleRepository.open(
                RepositoryLocation("file://\(workshop.repository.path)"), for: .everything,
                cache: cache.path)
        }

        var copy: URL {
            get throws {
                let names = try FileManager.default.contentsOfDirectory(atPath: cache.path)
                let name = try #require(names.first { $0.hasSuffix(".git") })
                return cache.appending(name)
            }
        }

        var mark: URL { get throws { try copy.appending(path: "mark") } }

        /// Whether the copy is the one that was made first.
        var isOld: Bool {
            get throws {
                FileManager.default.fileExists(atPath: try mark.path(percentEncoded: false))
            }
        }
    }

    @Test(
        "is kept when it cannot be opened right now, which is told",
        arguments: ["HEAD", "config", "objects", "refs"])
    func outOfReach(_ part: String) async throws {
        let copied = try await Copied()
        let manager = FileManager.default
        let place = try copied.copy.appending(path: part).path(percentEncoded: false)
        let aside = "\(copied.cache.path)/aside"
        try manager.moveItem(atPath: place, toPath: aside)
        // A link that leads to itself is out of reach for everybody, root too.
        try manager.createSymbolicLink(atPath: place, withDestinationPath: place)
        let error = await #expect(throws: SheafError.self) {
            let opened = try await copied.open()
            _ = opened
        }
        #expect(error?.code == .ioError, "\(String(describing: error))")
        #expect(error.map { !"\($0)".contains(copied.cache.path) } == true)
        #expect(try copied.isOld)
        try manager.removeItem(atPath: place)
        try manager.moveItem(atPath: aside, toPath: place)
        #expect(try await copied.open().bundles().count == 1)
        #expect(try copied.isOld)
    }

    @Test(
        "is made anew when it is damaged",
        arguments: [
            "HEAD": "nonsense", "config": "[core\n", "objects": nil, "refs": nil,
        ] as [String: String?])
    func damaged(_ part: String, _ contents: String?) async throws {
        let copied = try await Copied()
        let place = try copied.copy.appending(path: part)
        if let contents {
            try Data(contents.utf8).write(to: place)
        } else {
            try FileManager.default.removeItem(at: place)
        }
        #expect(try await copied.open().bundles().count == 1)
        #expect(try !copied.isOld)
    }

    @Test("is the same for the next command when nothing is wrong with it")
    func sound() async throws {
        let copied = try await Copied()
        #expect(try await copied.open().bundles().count == 1)
        #expect(try copied.isOld)
    }
}
