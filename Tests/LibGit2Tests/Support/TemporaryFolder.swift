import Foundation

/// A folder of its own for one test; removed with the value.
final class TemporaryFolder: Sendable {
    let path: String

    init() throws {
        let name = "libgit2-tests-\(UUID().uuidString)"
        path = FileManager.default.temporaryDirectory.appendingPathComponent(name).path
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    /// The path of something in the folder.
    func callAsFunction(_ name: String) -> String { path + "/" + name }

    /// Writes a file, and the folders above it.
    func write(_ name: String, _ content: String, mode: Int = 0o644) throws {
        try write(name, Data(content.utf8), mode: mode)
    }

    func write(_ name: String, _ content: Data, mode: Int = 0o644) throws {
        let url = URL(fileURLWithPath: self(name))
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try content.write(to: url)
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: self(name))
    }

    /// Writes a program, through another program: where this process has a file open for writing,
    /// a child that is started meanwhile keeps it open, and nobody can run it.
    func install(_ name: String, _ content: String) async throws {
        try write(name + ".source", content)
        try await Command.run("install", ["-m", "755", self(name + ".source"), self(name)])
    }

    /// The names in a folder in this folder, sorted.
    func names(in name: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: self(name)).sorted()
    }
}
