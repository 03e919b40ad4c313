public import BundleModel
internal import LibGit2

extension BundleRepository {
    /// Compares two states of bundles, file by file, in the order of their paths.
    ///
    /// Renames are shown as a removal and an addition. Files are compared by Git's blob ids; only
    /// what differs is read.
    ///
    /// - Throws: `not_found`, `malformed_bundle` for a path that cannot be in a bundle, and what
    ///   reading a directory throws.
    public func diff(
        from old: DiffSide, to new: DiffSide, contextLines: Int = 3
    ) async throws(SheafError) -> [FileChange] {
        let before = try await contents(old)
        let after = try await contents(new)
        var changes: [FileChange] = []
        let names = Set(before.blobs.keys).union(after.blobs.keys)
        for name in names.sorted(by: { $0.lexicographicallyPrecedes($1) })
        where before.blobs[name] != after.blobs[name] {
            changes.append(try change(name, before, after, contextLines))
        }
        return changes
    }

    private func contents(_ side: DiffSide) async throws(SheafError) -> DiffContents {
        switch side {
        case .reference(let reference):
            return try DiffContents(
                tree: try tree(of: try resolve(reference)), repository, limits)
        case .directory(let path):
            let directory = try await BundleDirectory.read(
                path, limits: limits, git: git, memory: documents)
            return try DiffContents(directory, limits)
        }
    }

    private func change(
        _ name: [UInt8], _ before: DiffContents, _ after: DiffContents, _ contextLines: Int
    ) throws(SheafError) -> FileChange {
        let path: BundlePath
        do {
            path = try BundlePath(String(decoding: name, as: UTF8.self))
        } catch {
            throw SheafError(.malformedBundle, error.description)
        }
        let old = before.blobs[name]
        let new = after.blobs[name]
        let kind: FileChange.Kind = old == nil ? .added : new == nil ? .removed : .modified
        let oldBytes = try before.bytes(name, repository)
        let newBytes = try after.bytes(name, repository)
        let lines = try mapping("the change of '\(path)'") { () throws(GitError) in
            try UnifiedDiff.compare(old: oldBytes, new: newBytes, contextLines: contextLines)
        }
        return FileChange(
            path: path, kind: kind, isBinary: lines.isBinary, additions: lines.additions,
            deletions: lines.deletions,
            text: Self.header(path, kind, old, new, lines.isBinary, isEmpty: lines.text.isEmpty)
                + lines.text)
    }

    /// Git's header of a file's change, with ids of ten digits.
    private static func header(
        _ path: BundlePath, _ kind: FileChange.Kind, _ old: ObjectID?, _ new: ObjectID?,
        _ isBinary: Bool, isEmpty: Bool
    ) -> String {
        let none = String(repeating: "0", count: 10)
        let ids = "\(old?.hex.prefix(10) ?? none[...])..\(new?.hex.prefix(10) ?? none[...])"
        var text = "diff --git a/\(path) b/\(path)\n"
        switch kind {
        case .added: text += "new file mode 100644\nindex \(ids)\n"
        case .removed: text += "deleted file mode 100644\nindex \(ids)\n"
        case .modified: text += "index \(ids) 100644\n"
        }
        let from = kind == .added ? "/dev/null" : "a/\(path)"
        let to = kind == .removed ? "/dev/null" : "b/\(path)"
        if isBinary { return text + "Binary files \(from) and \(to) differ\n" }
        if isEmpty { return text }
        // Git ends a name with spaces in it by a tab, so that patch(1) sees where it ends.
        let end = path.text.contains(" ") ? "\t" : ""
        return text + "--- \(from)\(kind == .added ? "" : end)\n"
            + "+++ \(to)\(kind == .removed ? "" : end)\n"
    }
}
