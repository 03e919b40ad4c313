/// Every object in some packs of a repository, and each place where it lies.
struct PackedObjects: ~Copyable {
    /// One entry of one pack.
    struct Place {
        let pack: Int
        let range: Range<Int>
        /// The number of the next place of the same object; negative when there is none.
        fileprivate let next: Int
    }

    private let entries: [[PackIndex.Entry]]
    private var files: PackFiles
    private let places: [Place]
    /// The number of each object's first place.
    private let first: [ObjectID: Int]

    /// Reads the indexes of packs.
    init(_ packs: [StoredPack], in folder: String) throws(GitError) {
        var entries: [[PackIndex.Entry]] = []
        for pack in packs { entries.append(try Self.index(pack, in: folder).entries) }
        let count = entries.reduce(0) { $0 + $1.count }
        var places: [Place] = []
        var first: [ObjectID: Int] = [:]
        first.reserveCapacity(count)
        places.reserveCapacity(count)
        for (number, pack) in packs.enumerated() {
            // Behind the last entry stands the checksum of the pack.
            let end = pack.packBytes - 20
            let list = entries[number]
            for (index, entry) in list.enumerated() {
                let next = index + 1 < list.count ? list[index + 1].offset : end
                guard next > entry.offset else {
                    throw GitError(code: .corrupt, message: "the index of a pack is damaged")
                }
                places.append(
                    Place(
                        pack: number, range: entry.offset..<next, next: first[entry.id] ?? -1))
                first[entry.id] = places.count - 1
            }
        }
        // Nothing is thrown from here on: what does not copy is set in one go.
        self.entries = entries
        self.places = places
        self.first = first
        files = PackFiles(packs, in: folder)
    }

    private static func index(
        _ pack: StoredPack, in folder: String
    ) throws(GitError) -> PackIndex {
        let bytes: [UInt8]?
        do throws(FileSystemError) {
            bytes = try FileContents.read(
                path: "\(folder)/\(pack.name).idx", maximumBytes: 1 << 30)
        } catch {
            throw GitError(code: .ioFailure, message: "an index cannot be read: \(error)")
        }
        guard let bytes else {
            throw GitError(code: .corrupt, message: "the index of a pack is too long")
        }
        return try PackIndex(bytes)
    }

    /// The number of different objects.
    var count: Int { first.count }

    /// Every object, in the order of the packs and of their entries.
    var ids: [ObjectID] {
        var known: Set<ObjectID> = []
        known.reserveCapacity(first.count)
        return entries.flatMap { $0.map(\.id) }.filter { known.insert($0).inserted }
    }

    /// The objects of one pack.
    func ids(in pack: Int) -> some Sequence<ObjectID> { entries[pack].lazy.map(\.id) }

    func contains(_ id: ObjectID) -> Bool { first[id] != nil }

    /// The bytes of an object's entries in all packs.
    func bytes(of id: ObjectID) -> Int {
        places(of: id).reduce(0) { $0 + $1.range.count }
    }

    /// The places of an object, the newest of them first as far as the packs were given so.
    func places(of id: ObjectID) -> [Place] {
        var found: [Place] = []
        var number = first[id] ?? -1
        while number >= 0 {
            found.append(places[number])
            number = places[number].next
        }
        return found
    }

    /// The head of an entry.
    mutating func head(_ place: Place) throws(GitError) -> PackEntryHead {
        let end = min(place.range.upperBound, place.range.lowerBound + PackEntryHead.maximumBytes)
        return try PackEntryHead(files.bytes(of: place.pack, place.range.lowerBound..<end))
    }

    /// The object whose entry begins at a place of a pack; nil when none does.
    func object(in pack: Int, at offset: Int) -> ObjectID? {
        let list = entries[pack]
        var low = 0
        var high = list.count
        while low < high {
            let middle = (low + high) / 2
            if list[middle].offset == offset { return list[middle].id }
            if list[middle].offset < offset { low = middle + 1 } else { high = middle }
        }
        return nil
    }

    /// Lends the bytes of a part of a pack, piece by piece.
    mutating func copy(
        _ pack: Int, _ range: Range<Int>,
        _ body: (ArraySlice<UInt8>) throws(GitError) -> Void
    ) throws(GitError) {
        var start = range.lowerBound
        while start < range.upperBound {
            let end = min(range.upperBound, start + (1 << 20))
            try body(files.bytes(of: pack, start..<end))
            start = end
        }
    }
}
