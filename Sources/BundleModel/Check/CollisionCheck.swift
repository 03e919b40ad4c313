/// Finds names that are one name on some file system: other case, other Unicode form, or a file
/// where another path has a directory.
struct CollisionCheck {
    private enum Role { case file, directory }
    private var names: [String: (path: String, role: Role)] = [:]
    private var directories: Set<String> = []
    /// The directory of the path before, which most paths share.
    private var lastDirectory: Substring = ""

    /// Makes room for so many paths.
    mutating func expect(_ count: Int) { names.reserveCapacity(count) }

    /// Adds a path; returns a finding when it meets an earlier one.
    mutating func add(_ path: BundlePath) -> Finding? {
        let slash = path.text.utf8.lastIndex(of: 0x2F) ?? path.text.startIndex
        let directory = path.text[..<slash]
        if directory != lastDirectory {
            if let finding = add(directoriesOf: path) { return finding }
            lastDirectory = directory
        }
        return enter(path.text, .file, of: path)
    }

    private mutating func add(directoriesOf path: BundlePath) -> Finding? {
        var parents: [String] = []
        var rest = path.text[...]
        while let slash = rest.utf8.lastIndex(of: 0x2F) {
            rest = rest[..<slash]
            let parent = String(rest)
            if directories.contains(parent) { break }
            parents.append(parent)
        }
        for parent in parents.reversed() {
            if let finding = enter(parent, .directory, of: path) { return finding }
            directories.insert(parent)
        }
        return nil
    }

    private mutating func enter(_ name: String, _ role: Role, of path: BundlePath) -> Finding? {
        let key = PathRules.collisionKey(name)
        guard let known = names[key] else {
            names[key] = (name, role)
            return nil
        }
        let message =
            if known.path == name {
                role == known.role
                    ? "the path occurs twice" : "'\(name)' is both a file and a directory"
            } else {
                "'\(name)' and '\(known.path)' are one name on some file systems"
            }
        return Finding(
            code: .malformedBundle, rule: "path-collision", path: path.text, message: message,
            hint: "rename one of the two")
    }
}
