#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

/// The files of a repository that libgit2 opens by name.
///
/// It waits for ever where one of them is a named pipe, so they are looked at before.
enum RepositoryFiles {
    /// Throws `.corrupt` when something stands in the place of a file.
    static func require(_ names: [String], in folder: String) throws(GitError) {
        for name in names { try require("\(folder)/\(name)") }
    }

    /// Throws `.corrupt` for a pipe, socket or device.
    static func require(_ path: String) throws(GitError) {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else { return }
        switch status.st_mode & S_IFMT {
        case S_IFREG, S_IFDIR: return
        default:
            throw GitError(code: .corrupt, message: "\(path) is no file")
        }
    }

    /// What is read when a repository is opened at a path: it may be that of a `.git` itself.
    static func requireOpenable(_ path: String) throws(GitError) {
        for folder in [path, "\(path)/.git"] {
            try require(["HEAD", "config", "commondir", "gitdir"], in: folder)
        }
        try require("\(path)/.git")
    }
}
