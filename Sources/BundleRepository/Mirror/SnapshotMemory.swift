internal import BundleModel

/// The releases of a mirror whose contents are open, those that were asked for last.
struct SnapshotMemory {
    /// A host rarely makes workers of more releases of a bundle at once: the newest of a few channels.
    private static let capacity = 4

    /// The one that was asked for last comes first.
    private var contents: [PinnedContents] = []

    /// The contents of a commit, if they are known.
    mutating func look(for commit: CommitID) -> PinnedContents? {
        guard let place = contents.firstIndex(where: { $0.pin.commit == commit })
        else { return nil }
        let found = contents[place]
        if place > 0 {
            contents.remove(at: place)
            contents.insert(found, at: 0)
        }
        return found
    }

    /// Remembers contents, and forgets those that were asked for the longest ago.
    mutating func remember(_ opened: PinnedContents) {
        keep(where: { $0 != opened.pin.commit })
        contents.insert(opened, at: 0)
        if contents.count > Self.capacity { contents.removeLast() }
    }

    /// Forgets the contents of other commits than these.
    mutating func keep(where isKept: (CommitID) -> Bool) {
        contents.removeAll { !isKept($0.pin.commit) }
    }
}
