/// The folders that hold the objects of a repository: its own, and those that it borrows from.
struct ObjectFolders {
    /// Paths without a slash at the end; the repository's own comes first.
    private(set) var paths: [String] = []

    /// As Git and libgit2: further steps from one folder to the next are not followed.
    private static let maximumDepth = 5
    private static let maximumBytes = 64 << 10

    /// Finds them. Throws `.corrupt` when what leads to others is no file, or too long.
    init(own path: String) throws(GitError) {
        try add(path.last == "/" ? String(path.dropLast()) : path, depth: 0)
    }

    private mutating func add(_ path: String, depth: Int) throws(GitError) {
        guard depth <= Self.maximumDepth, !paths.contains(path) else { return }
        paths.append(path)
        try RepositoryFiles.require(
            ["info/alternates", "info/commit-graph", "pack/multi-pack-index"], in: path)
        for line in try lines(of: "\(path)/info/alternates") {
            // gitrepository-layout(5): only the first step may be relative to its own folder.
            if line.hasPrefix("/") {
                try add(line, depth: depth + 1)
            } else if depth == 0 {
                try add("\(path)/\(line)", depth: depth + 1)
            }
        }
    }

    private func lines(of path: String) throws(GitError) -> [String] {
        let bytes: [UInt8]?
        do throws(FileSystemError) {
            bytes = try FileContents.read(path: path, maximumBytes: Self.maximumBytes)
        } catch {
            return []
        }
        guard let bytes else {
            throw GitError(code: .corrupt, message: "\(path) is too long")
        }
        return bytes.split(separator: UInt8(ascii: "\n")).compactMap {
            $0.first == UInt8(ascii: "#") ? nil : String(validating: $0, as: UTF8.self)
        }
    }
}
