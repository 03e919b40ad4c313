import Foundation
import Testing

@testable import LibGit2

/// Disks that fail where a caller may think that all went well.
@Suite struct FailingFoldersTests {
    @Test("a folder that cannot be read to its end is not taken for a short one")
    func reading() throws {
        let error = #expect(throws: GitError.self) {
            _ = try unsafe FolderListing.entries(in: "/folder") {
                errno = EIO
                return nil
            }
        }
        #expect(error?.code == .ioFailure)
        #expect(try unsafe FolderListing.entries(in: "/folder") { nil }.isEmpty)
    }

    @Test("a file whose folder cannot be synchronised is not called durable")
    func synchronising() throws {
        let folder = try TemporaryFolder()
        let error = #expect(throws: FileSystemError.self) {
            try FileContents.synchronizeParent(of: folder("file")) { _ in
                errno = EIO
                return -1
            }
        }
        #expect(error?.number == EIO)
        // fsync(2): a special file, or a file system, that knows no synchronisation.
        try FileContents.synchronizeParent(of: folder("file")) { _ in
            errno = EINVAL
            return -1
        }
        let missing = #expect(throws: FileSystemError.self) {
            try FileContents.synchronizeParent(of: folder("nowhere/file"))
        }
        #expect(missing?.isMissing == true)
    }
}
