package import Foundation

/// Files that tests read: the project's own, and real collections where they are at hand.
package enum Fixtures {
    /// The root of the package.
    package static let packageRoot = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// The project's own fixtures.
    package static let directory = packageRoot.appending(
        path: "fixtures", directoryHint: .isDirectory)

    /// Where a fixture is, by its path below `fixtures`.
    package static func url(_ path: String) -> URL {
        directory.appending(path: path)
    }

    /// The bytes of a fixture.
    package static func bytes(_ path: String) throws -> [UInt8] {
        try Array(Data(contentsOf: url(path)))
    }

    /// A real collection of agents with its history, as a Git bundle file; nil on a machine that
    /// does not have it beside the package.
    package static var agentCollection: URL? {
        let file = packageRoot.deletingLastPathComponent()
            .appending(path: "shared/corpora/agents-history.bundle")
        return FileManager.default.fileExists(atPath: file.path(percentEncoded: false)) ? file : nil
    }

    /// The files below a directory by their paths relative to it, sorted by the bytes of the path;
    /// symbolic links are not followed and `.git` is left out.
    package static func files(below root: URL) throws -> [(path: String, bytes: [UInt8])] {
        var found: [(path: String, bytes: [UInt8])] = []
        func visit(_ directory: URL, _ prefix: String) throws {
            let entries = try FileManager.default.contentsOfDirectory(
                at: directory, includingPropertiesForKeys: [.isDirectoryKey])
            for entry in entries where entry.lastPathComponent != ".git" {
                let path = prefix + entry.lastPathComponent
                if try entry.resourceValues(forKeys: [.isDirectoryKey]).isDirectory == true {
                    try visit(entry, path + "/")
                } else {
                    found.append((path, try Array(Data(contentsOf: entry))))
                }
            }
        }
        try visit(root, "")
        return found.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    }
}
