internal import CLibgit2Shims
internal import Clibgit2

extension Repository {
    /// Git reads no more references than this on the way from one name (`SYMREF_MAXDEPTH`).
    private static let maximumSymbolicDepth = 5

    /// What the reference names, through symbolic references; nil when it, or what it leads to, is
    /// absent. Throws `.invalidSpec` for what cannot be a name; `.corrupt` for a damaged file, and
    /// for a symbolic reference that leads in a circle or out of `refs/`.
    package func reference(_ name: String) throws(GitError) -> ObjectID? {
        try requirePlace()
        // Step by step: libgit2 would take a target for a path, and follow it out of the repository.
        var name = name
        for _ in 0..<Self.maximumSymbolicDepth {
            try RepositoryFiles.require(commonPath + name)
            var found: OpaquePointer?
            let code = ReadWatch.run { unsafe git_reference_lookup(&found, handle, name) }
            if code == GIT_ENOTFOUND.rawValue {
                git_error_clear()
                return nil
            }
            if code < 0 { throw readingError(code) }
            defer { unsafe git_reference_free(found) }
            if let target = unsafe git_reference_target(found) {
                return unsafe ObjectID(target.pointee)
            }
            name =
                unsafe git_reference_symbolic_target(found).map { unsafe String(cString: $0) }
                ?? ""
            guard name.utf8.starts(with: "refs/".utf8), Self.isValidName(name) else {
                throw GitError(code: .corrupt, message: "a symbolic reference leads out of refs/")
            }
        }
        throw GitError(code: .corrupt, message: "a symbolic reference leads to no end")
    }

    /// The references whose full names start with `prefix`, sorted by the bytes of their names.
    ///
    /// Symbolic ones are resolved, and left out where they lead nowhere. A damaged one throws
    /// `.corrupt`. Files below `refs/` whose names Git does not allow are no references.
    package func references(
        withPrefix prefix: String
    ) throws(GitError) -> [(name: String, target: ObjectID)] {
        try requirePlace()
        // Git allows none of these in a name, and libgit2 takes a pattern.
        if prefix.contains(where: { "*?[\\\0".contains($0) }) { return [] }
        var names = try knownNames(like: prefix + "*")
        // libgit2's iterators skip a damaged file without a word, so the files are listed as well.
        names.formUnion(try looseNames(in: "refs", prefix))
        let wanted = names.filter { $0.utf8.starts(with: prefix.utf8) && Self.isValidName($0) }
            .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        var found: [(name: String, target: ObjectID)] = []
        for name in wanted {
            guard let target = try reference(name) else { continue }
            found.append((name, target))
        }
        return found
    }

    private func knownNames(like pattern: String) throws(GitError) -> Set<String> {
        var iterator: OpaquePointer?
        let opened = ReadWatch.run {
            unsafe git_reference_iterator_glob_new(&iterator, handle, pattern)
        }
        if opened < 0 { throw readingError(opened) }
        defer { unsafe git_reference_iterator_free(iterator) }
        var names: Set<String> = []
        while true {
            var name: UnsafePointer<CChar>?
            let code = unsafe git_reference_next_name(&name, iterator)
            if code == GIT_ITEROVER.rawValue { break }
            if code < 0 { throw readingError(code) }
            if let name = unsafe name { names.insert(unsafe String(cString: name)) }
        }
        git_error_clear()
        return names
    }

    private func looseNames(in folder: String, _ prefix: String) throws(GitError) -> [String] {
        var names: [String] = []
        for entry in try FolderListing.entries(of: commonPath + folder) {
            let name = folder + "/" + entry.name
            if entry.isFolder {
                let inside = name + "/"
                let isOnTheWay =
                    prefix.utf8.starts(with: inside.utf8) || inside.utf8.starts(with: prefix.utf8)
                if isOnTheWay { names += try looseNames(in: name, prefix) }
            } else if Self.isValidName(name) {
                names.append(name)
            }
        }
        return names
    }

    /// Whether Git allows this name for a reference.
    package static func isValidName(_ name: String) -> Bool {
        var isValid: Int32 = 0
        return unsafe git_reference_name_is_valid(&isValid, name) == 0 && isValid == 1
    }

    /// libgit2 has no code of its own for a reference file that it cannot read.
    ///
    /// It takes note of the date of a `packed-refs` that it cannot parse as of one that is empty,
    /// so that the next question would be answered with "absent": it starts anew.
    func readingError(_ code: Int32) -> GitError {
        var error = GitError(code: code)
        let isDamaged = error.domain == Int32(GIT_ERROR_REFERENCE.rawValue)
        guard isDamaged, error.code == .other(GIT_ERROR.rawValue) else { return error }
        error.code = .corrupt
        var references: OpaquePointer?
        if unsafe git_refdb_open(&references, handle) == 0 {
            _ = unsafe git_repository_set_refdb(handle, references)
        }
        unsafe git_refdb_free(references)
        return error
    }
}
