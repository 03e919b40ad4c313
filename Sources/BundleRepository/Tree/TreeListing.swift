internal import BundleModel
internal import LibGit2

/// Everything in a tree, read from its raw entries: libgit2 itself would accept `..`, absolute
/// names, duplicates and unsorted entries. What is wrong with them is `EntryCheck`'s to say.
struct TreeListing {
    /// The entries as they are stored.
    private(set) var raw: RawListing
    /// The blob of each entry of ``raw`` that is a file.
    private var blobs: [ObjectID?] = []
    private let limits: ContentLimits
    private let memory: ListingMemory?

    /// Reads a tree and everything below it.
    ///
    /// Throws `store_corrupt` when an object is missing or not what its entry says, and
    /// `limit_exceeded` for a tree of more entries than a bundle has files. Sizes are read from
    /// object headers; no file is inflated.
    ///
    /// - Parameter memory: what blobs and trees that were verified before are; of these it is only
    ///   asked whether they are here.
    init(
        _ repository: borrowing Repository, tree: ObjectID, limits: ContentLimits,
        memory: ListingMemory? = nil
    ) throws(SheafError) {
        self.limits = limits
        self.memory = memory
        raw = RawListing(isOrdered: true, limits: limits)
        try list(repository, tree, at: [], depth: 0)
    }

    /// The files of a tree in which all entries are in order, by the bytes of their paths.
    ///
    /// Throws what is wrong with the entries as one error.
    func files(_ subject: String) throws(SheafError) -> [TreeFile] {
        let checked = EntryCheck(raw, limits: limits)
        try checked.requireValid(subject)
        return checked.files.compactMap { file in
            blob(ofEntry: file.index).map {
                TreeFile(path: file.path, blob: $0, size: file.size)
            }
        }
    }

    /// The blob of an entry of ``raw``; nil when it is no file.
    func blob(ofEntry index: Int) -> ObjectID? { blobs[index] }

    /// The sizes of the blobs whose headers were read.
    private(set) var readSizes: [(ObjectID, Int)] = []

    /// The blobs of all files by path; a name that cannot be one of a bundle is left out.
    var blobsByBundlePath: [BundlePath: ObjectID] {
        var files: [BundlePath: ObjectID] = [:]
        for (index, blob) in blobs.enumerated() {
            guard let blob, let text = String(validating: raw.entries[index].path, as: UTF8.self),
                let path = try? BundlePath(text)
            else { continue }
            files[path] = blob
        }
        return files
    }

    private mutating func list(
        _ repository: borrowing Repository, _ tree: ObjectID, at path: [UInt8], depth: Int
    ) throws(SheafError) {
        let entries: [TreeEntry]
        switch try read(repository, tree, at: path) {
        case .success(let read): entries = read
        case .failure(let problem):
            add(RawEntry(path: path, kind: problem.kind))
            return
        }
        add(RawEntry(path: path, kind: entries.isEmpty ? .emptyTree : .directory))
        for entry in entries {
            guard !raw.isCut else { return }
            if entry.isPlainFile {
                try add(repository, entry, in: path)
            } else if entry.isPlainTree, entry.name.contains(0x2F) {
                add(RawEntry(directory: path, name: entry.name, kind: .directory))
            } else if entry.isPlainTree {
                let below = path.isEmpty ? entry.name : path + [0x2F] + entry.name
                if RawListing.opensDirectories(atDepth: depth + 1, limits) {
                    try list(repository, entry.id, at: below, depth: depth + 1)
                } else {
                    add(RawEntry(path: below, kind: .closedDirectory))
                }
            } else {
                add(RawEntry(directory: path, name: entry.name, kind: Self.kind(of: entry)))
            }
        }
    }

    private mutating func add(_ entry: RawEntry, blob: ObjectID? = nil) {
        raw.add(entry)
        if blobs.count < raw.entries.count { blobs.append(blob) }
    }

    private static func kind(of entry: TreeEntry) -> RawEntry.Kind {
        switch entry.modeText {
        case "120000": .symbolicLink
        case "160000": .submodule
        default: .mode(entry.modeText)
        }
    }

    /// Why there are no entries where a tree should be.
    private struct Problem: Error {
        let kind: RawEntry.Kind
    }

    /// The entries of a tree.
    private func read(
        _ repository: borrowing Repository, _ tree: ObjectID, at path: [UInt8]
    ) throws(SheafError) -> Result<[TreeEntry], Problem> {
        if let known = memory?.entries(of: tree), repository.contains(tree, refreshing: false) {
            return .success(known)
        }
        let header = try Self.object(tree, at: path) { () throws(GitError) in
            try repository.header(tree, of: .tree)
        }
        guard header.isOfKind else { return .failure(Problem(kind: .wrongObject)) }
        // An entry is a mode, a name and an id; what is larger has too many of them.
        guard header.size <= limits.files * (limits.componentBytes + 28) else {
            let finding = Finding(
                code: .limitExceeded, rule: "too-many-files", path: EntryCheck.shown(path),
                message: "the directory has more than \(limits.files) entries",
                hint: "leave out what no profile refers to")
            throw SheafError(
                finding.code, "\(Self.place(path)) has more than \(limits.files) entries",
                hint: finding.hint, findings: [finding])
        }
        let object = try Self.object(tree, at: path) { () throws(GitError) in
            try repository.object(tree)
        }
        return Result { () throws(GitError) in try RawTree.parse(object.bytes) }
            .mapError { _ in Problem(kind: .unreadableTree) }
    }

    private mutating func add(
        _ repository: borrowing Repository, _ entry: TreeEntry, in directory: [UInt8]
    ) throws(SheafError) {
        let size: Int
        if let known = memory?.size(of: entry.id),
            repository.contains(entry.id, refreshing: false)
        {
            size = known
        } else {
            let path = directory.isEmpty ? entry.name : directory + [0x2F] + entry.name
            let header = try Self.object(entry.id, at: path) { () throws(GitError) in
                try repository.header(entry.id, of: .blob)
            }
            guard header.isOfKind else {
                add(RawEntry(directory: directory, name: entry.name, kind: .wrongObject))
                return
            }
            size = header.size
            if memory != nil { readSizes.append((entry.id, size)) }
        }
        add(
            RawEntry(directory: directory, name: entry.name, kind: .file, size: size),
            blob: entry.id)
    }

    private static func object<Value>(
        _ id: ObjectID, at path: [UInt8], _ read: () throws(GitError) -> Value
    ) throws(SheafError) -> Value {
        do {
            return try read()
        } catch {
            throw SheafError(
                .storeCorrupt, "the object of \(place(path)) is missing or damaged",
                details: ["object": id.hex])
        }
    }

    private static func place(_ path: [UInt8]) -> String {
        path.isEmpty ? "the root" : "'\(DisplayText.escape(EntryCheck.shown(path)))'"
    }
}
