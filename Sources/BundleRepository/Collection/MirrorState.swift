internal import BundleModel
internal import LibGit2

/// What a mirror has, what of it is held, and by what.
struct MirrorState: Sendable {
    /// The packs that may be replaced.
    let packs: [StoredPack]
    /// The objects in files of their own.
    let loose: [ObjectID]
    /// What is held.
    let reached: ReachedObjects
    /// What is in a pack or in a file of its own and not held.
    let unreached: Repository.Unreached
    /// What will be said of it.
    private(set) var collection = MirrorCollection()
    /// Objects that a pack has which Git never removes either.
    private let kept: Set<ObjectID>

    /// Looks at a mirror; throws `store_corrupt` when something that is held is missing.
    init(
        _ repository: borrowing Repository, inUse: [CommitID], dropping: Set<ChannelID>,
        subject: String
    ) throws(SheafError) {
        let references = try mapping(subject) { () throws(GitError) in
            try repository.references(withPrefix: "refs/")
        }
        var held: [HeldRelease] = []
        for reference in references {
            guard let holder = Self.holder(reference.name, dropping) else { continue }
            held.append(HeldRelease(commit: try CommitID(reference.target), holder: holder))
        }
        for commit in inUse.sorted()
        where repository.contains(try commit.objectID())
            && !held.contains(where: { $0.commit == commit })
        {
            held.append(HeldRelease(commit: commit, holder: .use))
        }
        let reached = try Self.reached(from: held, repository, subject)
        let (packs, loose, unreached, kept) = try mapping(subject) {
            () throws(GitError) -> ([StoredPack], [ObjectID], Repository.Unreached, [ObjectID]) in
            let all = try repository.storedPacks()
            let packs = all.filter { !$0.isKept }
            let kept = all.filter(\.isKept)
            return (
                packs, try repository.looseObjects(),
                try repository.unreached(reached, in: packs), try repository.objects(in: kept)
            )
        }
        self.packs = packs
        self.loose = loose
        self.reached = reached
        self.unreached = unreached
        self.kept = Set(kept)
        collection.held = held
        try count(repository, subject)
    }

    private mutating func count(
        _ repository: borrowing Repository, _ subject: String
    ) throws(SheafError) {
        let (packs, bytes) = try mapping(subject) { () throws(GitError) in
            try Self.size(of: repository)
        }
        collection.packsBefore = packs
        collection.bytesBefore = bytes
        (collection.packsAfter, collection.bytesAfter) = (packs, bytes)
        collection.keptObjects = reached.ids.count
        let lostLoose = loose.filter { !reached.contains($0) }
        collection.lostObjects = unreached.objects.count + lostLoose.count
        collection.lostBytes =
            unreached.objects.reduce(0) { $0 + $1.bytes }
            + lostLoose.reduce(0) { $0 + repository.looseBytes(of: $1) }
    }

    /// How many packs there are, and the bytes of all that is stored.
    static func size(of repository: borrowing Repository) throws(GitError) -> (Int, Int) {
        let packs = try repository.storedPacks()
        var bytes = packs.reduce(0) { $0 + $1.bytes }
        for id in try repository.looseObjects() { bytes += repository.looseBytes(of: id) }
        return (packs.count, bytes)
    }

    /// Whether there is nothing to do.
    var isCollected: Bool {
        collection.lostObjects == 0 && packs.count <= 1 && loose.isEmpty
    }

    /// What the new pack gets.
    var objects: [ObjectID] {
        kept.isEmpty ? reached.ids : reached.ids.filter { !kept.contains($0) }
    }

    /// How many at the beginning of ``objects`` are of the releases in service.
    var newest: Int { kept.isEmpty ? reached.newest : 0 }

    /// Whether a release is held.
    func reaches(_ commit: CommitID) -> Bool {
        (try? commit.objectID()).map(reached.contains) ?? false
    }

    private static func holder(
        _ name: String, _ dropping: Set<ChannelID>
    ) -> HeldRelease.Holder? {
        if let channel = channel(name, BundleRefName.acceptedPrefix) {
            return dropping.contains(channel) ? nil : .channel(channel)
        }
        if let channel = channel(name, BundleRefName.incomingPrefix) { return .arriving(channel) }
        return name.hasPrefix(BundleRefName.pinPrefix) ? .pin : .reference(name)
    }

    private static func channel(_ name: String, _ prefix: String) -> ChannelID? {
        name.hasPrefix(prefix) ? try? ChannelID(String(name.dropFirst(prefix.count))) : nil
    }

    private static func reached(
        from held: [HeldRelease], _ repository: borrowing Repository, _ subject: String
    ) throws(SheafError) -> ReachedObjects {
        var serving: [ObjectID] = []
        var others: [ObjectID] = []
        var arriving: [ObjectID] = []
        for release in held {
            let id = try release.commit.objectID()
            switch release.holder {
            case .channel: serving.append(id)
            case .arriving: arriving.append(id)
            case .pin, .use, .reference: others.append(id)
            }
        }
        return try mapping(subject) { () throws(GitError) in
            var reached = ReachedObjects()
            try reached.add(serving, areNewest: true, in: repository)
            try reached.add(others, in: repository)
            // Nothing about what was fetched is checked yet: it may lack anything.
            try reached.add(arriving, isLenient: true, in: repository)
            return reached
        }
    }
}
