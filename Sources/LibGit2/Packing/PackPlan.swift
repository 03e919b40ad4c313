/// Which objects a new pack has, in which order, and in which form each is written.
///
/// What lies in a pack already is taken over as it is, compressed and as a delta where it was one,
/// so that nothing is searched for and little is compressed. A base always stands before its deltas
/// and chains of deltas stay short.
struct PackPlan {
    /// How an object gets into the pack.
    enum Form {
        /// Its entry is copied.
        case whole(PackedObjects.Place)
        /// Its delta is copied; its base is in the pack before it.
        case delta(PackedObjects.Place, PackEntryHead, base: ObjectID)
        /// It is read and compressed.
        case written
    }

    /// Deltas upon deltas: a read inflates one entry for each.
    static let maximumDepth = 16

    private(set) var steps: [(id: ObjectID, form: Form)] = []
    private var depths: [ObjectID: Int] = [:]
    private var wanted: Set<ObjectID> = []

    /// Plans a pack of these objects.
    ///
    /// - Parameter isWhole: whether an object is wanted without a delta, because it is read often.
    init(
        _ objects: [ObjectID], from packed: inout PackedObjects,
        isWhole: (Int) -> Bool
    ) throws(GitError) {
        wanted.reserveCapacity(objects.count)
        for id in objects { wanted.insert(id) }
        steps.reserveCapacity(objects.count)
        depths.reserveCapacity(objects.count)
        // What has to be whole is settled first, so that no delta is chosen for it on the way.
        for (index, id) in objects.enumerated() where isWhole(index) && depths[id] == nil {
            settle(id, try Self.whole(id, &packed), depth: 0)
        }
        for id in objects where depths[id] == nil { try resolve(id, &packed) }
    }

    private mutating func settle(_ id: ObjectID, _ form: Form, depth: Int) {
        depths[id] = depth
        steps.append((id, form))
    }

    /// Settles an object after what it may be a delta of; chains can be longer than any stack.
    private mutating func resolve(
        _ start: ObjectID, _ packed: inout PackedObjects
    ) throws(GitError) {
        var path = [start]
        var onPath: Set = [start]
        while let id = path.last {
            if let base = try nextBase(of: id, &packed, onPath) {
                path.append(base)
                onPath.insert(base)
                continue
            }
            path.removeLast()
            onPath.remove(id)
            if depths[id] == nil { try choose(id, &packed) }
        }
    }

    /// A base of an object that is wanted and not settled yet; nil when there is none.
    private func nextBase(
        of id: ObjectID, _ packed: inout PackedObjects, _ onPath: Set<ObjectID>
    ) throws(GitError) -> ObjectID? {
        if depths[id] != nil { return nil }
        for place in packed.places(of: id) {
            guard let base = try Self.base(place, packed.head(place), packed) else { continue }
            if wanted.contains(base), depths[base] == nil, !onPath.contains(base) { return base }
        }
        return nil
    }

    private mutating func choose(
        _ id: ObjectID, _ packed: inout PackedObjects
    ) throws(GitError) {
        var best: (place: PackedObjects.Place, head: PackEntryHead, base: ObjectID, depth: Int)?
        for place in packed.places(of: id) {
            let head = try packed.head(place)
            guard let base = Self.base(place, head, packed), let depth = depths[base],
                depth < Self.maximumDepth
            else { continue }
            if let best, best.place.range.count <= place.range.count { continue }
            best = (place, head, base, depth + 1)
        }
        if let best {
            settle(id, .delta(best.place, best.head, base: best.base), depth: best.depth)
        } else {
            settle(id, try Self.whole(id, &packed), depth: 0)
        }
    }

    private static func whole(
        _ id: ObjectID, _ packed: inout PackedObjects
    ) throws(GitError) -> Form {
        for place in packed.places(of: id) {
            if case .whole = try packed.head(place).form { return .whole(place) }
        }
        return .written
    }

    private static func base(
        _ place: PackedObjects.Place, _ head: PackEntryHead, _ packed: borrowing PackedObjects
    ) -> ObjectID? {
        switch head.form {
        case .whole: nil
        case .idDelta(let id): id
        case .offsetDelta(let distance):
            packed.object(in: place.pack, at: place.range.lowerBound - distance)
        }
    }
}
