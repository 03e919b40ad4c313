#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

extension Repository {
    /// The folder of packs.
    var packFolder: String { commonPath + "objects/pack" }

    /// The packs that are whole, by name; only names and sizes are looked at.
    package func storedPacks() throws(GitError) -> [StoredPack] {
        try Self.storedPacks(in: packFolder)
    }

    /// The same for the repository at a path, which is not opened.
    package static func storedPacks(at path: String) throws(GitError) -> [StoredPack] {
        try storedPacks(in: path + "/objects/pack")
    }

    private static func storedPacks(in folder: String) throws(GitError) -> [StoredPack] {
        let names = Set(try FolderListing.entries(of: folder).filter { !$0.isFolder }.map(\.name))
        var packs: [StoredPack] = []
        for file in names where file.hasPrefix("pack-") && file.hasSuffix(".pack") {
            let name = String(file.dropLast(5))
            guard names.contains(name + ".idx"), let size = fileSize("\(folder)/\(file)"),
                let index = fileSize("\(folder)/\(name).idx")
            else { continue }
            packs.append(
                StoredPack(
                    name: name, bytes: size + index, packBytes: size,
                    isKept: names.contains(name + ".keep")))
        }
        return packs.sorted { $0.name < $1.name }
    }

    /// Deletes packs with everything that belongs to them.
    ///
    /// What no other pack has is lost. Whoever has a pack open goes on reading it; whoever has not
    /// looks into the other packs. Where a program of Git left tables that lead into these packs,
    /// they go first.
    package func removePacks(_ packs: [StoredPack]) throws(GitError) {
        guard !packs.isEmpty else { return }
        try Self.remove("\(packFolder)/multi-pack-index")
        for pack in packs {
            for suffix in StoredPack.suffixes {
                try Self.remove("\(packFolder)/\(pack.name)\(suffix)")
            }
        }
        try Self.remove(commonPath + "objects/info/commit-graph")
    }

    /// The ids of the objects that lie in files of their own.
    package func looseObjects() throws(GitError) -> [ObjectID] {
        let folder = commonPath + "objects"
        var found: [ObjectID] = []
        for entry in try FolderListing.entries(of: folder)
        where entry.isFolder && entry.name.utf8.count == 2 {
            for file in try FolderListing.entries(of: "\(folder)/\(entry.name)") {
                if let id = ObjectID(hex: entry.name + file.name) { found.append(id) }
            }
        }
        return found.sorted()
    }

    /// The bytes that an object has in a file of its own.
    package func looseBytes(of id: ObjectID) -> Int { Self.fileSize(loosePath(of: id)) ?? 0 }

    /// Deletes the files of loose objects.
    package func removeLooseObjects(_ ids: [ObjectID]) throws(GitError) {
        for id in ids { try Self.remove(loosePath(of: id)) }
    }

    private func loosePath(of id: ObjectID) -> String {
        let hex = id.hex
        return commonPath + "objects/\(hex.prefix(2))/\(hex.dropFirst(2))"
    }

    static func fileSize(_ path: String) -> Int? {
        var status = stat()
        guard unsafe lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            return nil
        }
        return Int(status.st_size)
    }

    private static func remove(_ path: String) throws(GitError) {
        guard unsafe unlink(path) == 0 || errno == ENOENT else {
            throw GitError(code: .ioFailure, message: "cannot be deleted: \(path)")
        }
    }
}
