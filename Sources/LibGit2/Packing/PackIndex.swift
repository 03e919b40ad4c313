/// Which objects a pack has and where they begin: its index (gitformat-pack, versions 1 and 2).
struct PackIndex: Sendable {
    /// An object and the place of its entry.
    struct Entry: Sendable {
        let id: ObjectID
        let offset: Int
    }

    /// The entries in the order in which they lie in the pack.
    let entries: [Entry]

    private static let fanout = 256 * 4
    private static let idSize = 20
    private static let trailer = 40
    private static let signature: [UInt8] = [0xFF, 0x74, 0x4F, 0x63, 0, 0, 0, 2]

    /// Reads an index; throws `.corrupt`.
    init(_ bytes: [UInt8]) throws(GitError) {
        let isSecond = bytes.starts(with: Self.signature)
        let table = isSecond ? Self.signature.count : 0
        guard bytes.count >= table + Self.fanout + Self.trailer else { throw Self.damaged }
        let count = Int(Self.word(bytes, table + Self.fanout - 4))
        let found =
            isSecond
            ? try Self.second(bytes, count, at: table + Self.fanout)
            : try Self.first(bytes, count, at: Self.fanout)
        entries = found.sorted { $0.offset < $1.offset }
    }

    private static func first(
        _ bytes: [UInt8], _ count: Int, at start: Int
    ) throws(GitError) -> [Entry] {
        let step = 4 + idSize
        guard bytes.count >= start + count * step + trailer else { throw damaged }
        var entries: [Entry] = []
        entries.reserveCapacity(count)
        for place in stride(from: start, to: start + count * step, by: step) {
            entries.append(
                Entry(id: try id(bytes, place + 4), offset: Int(word(bytes, place))))
        }
        return entries
    }

    private static func second(
        _ bytes: [UInt8], _ count: Int, at start: Int
    ) throws(GitError) -> [Entry] {
        let offsets = start + count * (idSize + 4)
        let long = offsets + count * 4
        guard bytes.count >= long + trailer else { throw damaged }
        var entries: [Entry] = []
        entries.reserveCapacity(count)
        for index in 0..<count {
            var offset = Int(word(bytes, offsets + index * 4))
            if offset & 0x8000_0000 != 0 {
                let place = long + (offset & 0x7FFF_FFFF) * 8
                guard place + 8 <= bytes.count - trailer else { throw damaged }
                offset = Int(word(bytes, place)) << 32 | Int(word(bytes, place + 4))
            }
            entries.append(Entry(id: try id(bytes, start + index * idSize), offset: offset))
        }
        return entries
    }

    private static func id(_ bytes: [UInt8], _ place: Int) throws(GitError) -> ObjectID {
        guard let id = ObjectID(rawBytes: bytes.span.extracting(place..<place + idSize)) else {
            throw damaged
        }
        return id
    }

    private static func word(_ bytes: [UInt8], _ place: Int) -> UInt32 {
        UInt32(bytes[place]) << 24 | UInt32(bytes[place + 1]) << 16
            | UInt32(bytes[place + 2]) << 8 | UInt32(bytes[place + 3])
    }

    private static let damaged = GitError(
        code: .corrupt, message: "the index of a pack is damaged")
}
