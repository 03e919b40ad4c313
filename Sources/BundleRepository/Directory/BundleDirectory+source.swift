internal import BundleModel
internal import Foundation
internal import LibGit2

extension BundleDirectory {
    /// Where the files come from, as the trailers say it: the commit that is checked out, or the
    /// directory's name outside Git and before the first commit.
    ///
    /// Files are compared with the commit by their contents. `git status` would call a file clean
    /// that was marked as unchanged, or whose line ends are others than in the commit.
    func source(_ git: GitProgram) async throws(SheafError) -> (BundleSource, SourceState?) {
        let name = URL(filePath: path).standardizedFileURL.lastPathComponent
        guard let checkout else { return (.directory(name: name), nil) }
        let head = try await git.run(["rev-parse", "--verify", "--quiet", "HEAD"], in: path)
        guard head.status == 0, let commit = CommitID(head.line) else {
            return (.directory(name: name), nil)
        }
        let remotes = try await git.run(
            ["config", "--local", "-z", "--get-regexp", #"^remote\..*\.url$"#], in: path)
        let tree = try await git.run(["ls-tree", "-r", "-z", commit.hex], in: path)
        let source = BundleSource.git(
            remote: Self.preferredRemote(remotes.records), name: checkout.name, commit: commit,
            subdirectory: checkout.subdirectory)
        let isClean = tree.status == 0 && Self.committed(tree.records) == published
        return (source, isClean ? .clean : .modified)
    }

    private var published: [[UInt8]: String] {
        Dictionary(files.map { ($0.name, $0.blob.hex) }, uniquingKeysWith: { first, _ in first })
    }

    /// The files that publishing would take from a commit: records of `<mode> <type> <id>\t<name>`.
    private static func committed(_ records: [[UInt8]]) -> [[UInt8]: String] {
        var files: [[UInt8]: String] = [:]
        for record in records {
            guard let tab = record.firstIndex(of: UInt8(ascii: "\t")) else { continue }
            let name = normalised(Array(record[(tab + 1)...]))
            if DirectoryListing.isLeftOut(name.split(separator: 0x2F).last.map(Array.init) ?? []) {
                continue
            }
            let id = record[..<tab].split(separator: 0x20).last ?? []
            files[name] = String(decoding: id, as: UTF8.self)
        }
        return files
    }

    /// `origin`, or the first of the remotes by name: records of `remote.<name>.url\n<value>`.
    static func preferredRemote(_ records: [[UInt8]]) -> String? {
        let remotes = records.compactMap { record -> (String, String)? in
            let parts = record.split(separator: 0x0A, maxSplits: 1)
            guard parts.count == 2 else { return nil }
            return (
                String(decoding: parts[0], as: UTF8.self),
                String(decoding: parts[1], as: UTF8.self)
            )
        }
        let origin = remotes.first { $0.0 == "remote.origin.url" }
        return (origin ?? remotes.min { $0.0 < $1.0 })?.1
    }
}
