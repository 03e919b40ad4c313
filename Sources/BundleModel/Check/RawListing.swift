/// Everything below the root of a bundle, as one of the doors found it.
package struct RawListing: Sendable {
    /// The entries; those of one directory in the order in which they are stored.
    package private(set) var entries: [RawEntry] = []
    /// Whether the order means something, as it does in a tree.
    package let isOrdered: Bool
    /// Whether nothing more was listed, because there was too much of it.
    package private(set) var isCut = false
    private var files = 0
    private var faults = 0
    private let limits: ContentLimits

    /// How many entries that are neither files nor directories are listed. A tree of a few objects
    /// can unfold to any number of them, and nobody reads more.
    private static let maximumFaults = 1000

    /// An empty listing.
    package init(isOrdered: Bool, limits: ContentLimits) {
        self.isOrdered = isOrdered
        self.limits = limits
    }

    /// Adds an entry unless the listing is cut; each directory leads to a file or to something else
    /// that is counted, so this bounds every walk.
    package mutating func add(_ entry: RawEntry) {
        guard !isCut else { return }
        entries.append(entry)
        switch entry.kind {
        case .file: files += 1
        case .directory where !entry.name.contains(0x2F): break
        default: faults += 1
        }
        isCut = files > limits.files || faults >= Self.maximumFaults
    }

    /// Adds what does not count against the limits of a walk; the check judges it all the same.
    package mutating func add(all files: some Sequence<RawEntry>) {
        for entry in files { entries.append(entry) }
    }

    /// Whether files below a directory with so many components can be part of a bundle.
    package static func opensDirectories(atDepth depth: Int, _ limits: ContentLimits) -> Bool {
        depth < limits.pathDepth
    }
}
