package import BundleModel
internal import Foundation
internal import LibGit2

extension ReleaseMirror {
    /// What a mirror may grow to before it is collected by itself.
    package struct GrowthLimits: Sendable {
        /// The most packs.
        package var packs: Int
        /// The bytes that may be there beside the largest pack, however small that is.
        package var bytes: Int

        /// Creates limits.
        package init(packs: Int = 10, bytes: Int = 4 << 20) {
            self.packs = packs
            self.bytes = bytes
        }

        /// A mirror that is never collected by itself.
        package static let none = GrowthLimits(packs: .max, bytes: .max / 4)
    }

    /// How a mirror was kept from growing.
    package enum Upkeep: Hashable, Sendable {
        /// There was nothing to do.
        case none
        /// So many small packs became one.
        case consolidated(packs: Int)
        /// Everything was collected, and so many bytes are free.
        case collected(bytes: Int)
    }

    /// Keeps a mirror from growing without bound; called after each transfer, and cheap.
    ///
    /// Packs of transfers become one when there are many, the small ones first, so that an object is
    /// copied a few times in all. That removes no object and minds no reader. When what came since
    /// the last collection outweighs it, everything is collected: refused transfers too.
    ///
    /// For the owner of the store, while no transfer into this mirror is under way.
    package func keepSmall(within limits: GrowthLimits) throws(SheafError) -> Upkeep {
        // Counting costs one look at a folder; most often that is all.
        let folder = "\(path)/objects/pack"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        if names.count < 4 { return .none }
        let packs = try mapping(subject) { () throws(GitError) in
            try Repository.storedPacks(at: path).filter { !$0.isKept }
        }
        let total = packs.reduce(0) { $0 + $1.bytes }
        let largest = packs.map(\.bytes).max() ?? 0
        if total - largest > largest + limits.bytes, !hasReaders {
            let result = try collect()
            return .collected(bytes: result.bytesBefore - result.bytesAfter)
        }
        guard packs.count > limits.packs else { return .none }
        return .consolidated(packs: try consolidate(packs))
    }

    /// Whether somebody in another process is reading right now.
    private var hasReaders: Bool {
        (try? FileLock(path: readersLock, mode: .exclusive)) == nil
    }

    /// Makes one pack of those that are not much larger than all smaller ones together.
    private func consolidate(_ packs: [StoredPack]) throws(SheafError) -> Int {
        let sorted = packs.sorted { ($0.bytes, $0.name) > ($1.bytes, $1.name) }
        var rest = sorted.reduce(0) { $0 + $1.bytes }
        let few = sorted.drop { pack in
            rest -= pack.bytes
            return pack.bytes >= 2 * rest
        }
        guard few.count > 1 else { return 0 }
        let old = Array(few)
        let repository = try opened()
        try mapping(subject) { () throws(GitError) in
            let objects = try repository.objects(in: old)
            let new = try repository.writePack(of: objects, newest: 0, from: old)
            try repository.removePacks(old.filter { $0 != new })
        }
        closeHandles()
        return old.count
    }
}
