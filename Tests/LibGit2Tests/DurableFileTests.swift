import Foundation
import Testing

@testable import LibGit2

@Suite("A file that appears whole or not at all")
struct DurableFileTests {
    private let folder: TemporaryFolder
    private var path: String { folder("file") }

    init() throws { folder = try TemporaryFolder() }

    private func names() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path)
    }

    /// What `link(2)` says on a file system that has no links.
    static let refusals = [EPERM, ENOTSUP, EOPNOTSUPP]

    private func refusing(_ number: Int32) -> (String, String) -> Int32 {
        { _, _ in
            errno = number
            return -1
        }
    }

    @Test("appears also where there are no links", arguments: refusals)
    func withoutLinks(_ number: Int32) throws {
        var file = try DurableFile(at: path)
        try file.write(Array("whole".utf8))
        #expect(try names().count == 1, "only the draft is there")
        let isPublished = try file.publish(replacing: false, linking: refusing(number))
        #expect(isPublished)
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "whole")
        #expect(try names() == ["file"])
    }

    @Test("takes nobody's place where there are no links either", arguments: refusals)
    func taken(_ number: Int32) throws {
        try Data("mine".utf8).write(to: URL(filePath: path))
        do {
            var file = try DurableFile(at: path)
            try file.write(Array("other".utf8))
            let isPublished = try file.publish(replacing: false, linking: refusing(number))
            #expect(!isPublished)
        }
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "mine")
        #expect(try names() == ["file"])
    }

    @Test("is refused for any other reason, and leaves nothing behind")
    func refused() throws {
        do {
            var file = try DurableFile(at: path)
            try file.write(Array("other".utf8))
            #expect(throws: FileSystemError.self) {
                _ = try file.publish(replacing: false, linking: refusing(EIO))
            }
        }
        #expect(try names() == [])
    }
}
