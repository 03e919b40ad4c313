/// The files of a bundle while it is made, each under a path that nothing else has.
struct ImportTree {
    private var found: [BundlePath: [UInt8]] = [:]
    private var collisions = CollisionCheck()

    /// The files, sorted by path.
    var files: [(path: BundlePath, bytes: [UInt8])] {
        found.map { (path: $0.key, bytes: $0.value) }.sorted { $0.path < $1.path }
    }

    /// Adds a file and returns where it is; nil, with a note, when it cannot be in a bundle.
    ///
    /// A file whose path means another one on some file system gets a path of its own.
    @discardableResult
    mutating func add(
        _ bytes: [UInt8], as place: String, from source: String, notes: inout [ImportNote]
    ) -> BundlePath? {
        let path: BundlePath
        do {
            path = try BundlePath(PathRules.normalised(place))
        } catch {
            notes.append(ImportNote(.leftOut, source, "the file", because: "\(error)"))
            return nil
        }
        if collisions.add(path) == nil {
            found[path] = bytes
            return path
        }
        let name = NameText.numbered(
            NameText.identifier(path.stem) ?? "", otherwise: "file", by: source)
        let suffix = path.fileExtension.isEmpty ? "" : ".\(path.fileExtension)"
        guard let other = try? BundlePath("assets/renamed/\(name)\(suffix)"),
            collisions.add(other) == nil
        else {
            notes.append(
                ImportNote(.leftOut, source, "the file", because: "its path occurs twice"))
            return nil
        }
        found[other] = bytes
        notes.append(
            ImportNote(
                .renamed, source, "the file",
                because: "'\(path)' is the name of another file on some file systems; it is "
                    + "\(other)"))
        return other
    }
}
