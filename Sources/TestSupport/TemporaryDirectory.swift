package import Foundation

/// A directory of a test's own, removed with everything in it when the last reference to it goes.
///
/// A class and not a non-copyable value, because tests keep it in suites and capture it in tasks.
package final class TemporaryDirectory: Sendable {
    /// The directory; symbolic links in the path are resolved.
    package let url: URL

    /// Creates an empty directory below the system's temporary directory.
    ///
    /// - Parameter isInMemory: whether it should lie in memory, where the system has a place for
    ///   that: for tests that would wait for the disk thousands of times.
    package init(_ name: String = "sheaf-test", isInMemory: Bool = false) throws {
        let memory = "/dev/shm"
        let parent =
            isInMemory && FileManager.default.isWritableFile(atPath: memory)
            ? URL(filePath: memory)
            : FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
        url = parent.appending(path: "\(name)-\(UUID().uuidString)", directoryHint: .isDirectory)
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit {
        if (try? FileManager.default.removeItem(at: url)) != nil { return }
        // Tests make directories read-only; what cannot be removed is opened and tried once more.
        Self.makeWritable(url)
        try? FileManager.default.removeItem(at: url)
    }

    /// Runs a body with a directory that is gone when the body returns or throws.
    package static func with<Result>(
        _ body: (URL) async throws -> Result
    ) async throws -> Result {
        let directory = try TemporaryDirectory()
        defer { withExtendedLifetime(directory) {} }
        return try await body(directory.url)
    }

    /// The directory as a path of the operating system, without a slash at its end.
    package var path: String {
        url.path(percentEncoded: false).trimmingSuffix("/")
    }

    /// Where a file or directory of this name is, existing or not.
    package func appending(_ path: String) -> URL {
        url.appending(path: path, directoryHint: .notDirectory)
    }

    /// Writes a text file and the directories above it, and returns where it is.
    @discardableResult
    package func write(_ text: String, to path: String) throws -> URL {
        try write(Array(text.utf8), to: path)
    }

    /// Writes a file and the directories above it, and returns where it is.
    @discardableResult
    package func write(_ bytes: [UInt8], to path: String) throws -> URL {
        let file = appending(path)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: file)
        return file
    }

    /// Creates an empty directory and the ones above it, and returns where it is.
    @discardableResult
    package func makeDirectory(_ path: String) throws -> URL {
        let directory = url.appending(path: path, directoryHint: .isDirectory)
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        return directory
    }

    private static func makeWritable(_ root: URL) {
        let all = FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil)
        for case let entry as URL in all ?? .init() where entry.hasDirectoryPath {
            try? FileManager.default.setAttributes(
                [.posixPermissions: 0o700], ofItemAtPath: entry.path(percentEncoded: false))
        }
    }
}

extension String {
    fileprivate func trimmingSuffix(_ suffix: String) -> String {
        count > suffix.count && hasSuffix(suffix) ? String(dropLast(suffix.count)) : self
    }
}
