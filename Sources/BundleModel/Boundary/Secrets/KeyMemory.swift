/// What the keys of one file were found to say, so that one that comes again is not read again.
///
/// Bounded: it has one place for each of ``size`` hashes and holds keys of fewer than ``longest``
/// bytes. A file whose keys are all different costs a look and a write more for each.
struct KeyMemory<Fact> {
    private struct Place {
        /// Its bytes, eight in each word.
        let key: SIMD8<UInt64>
        let count: Int
        let fact: Fact
    }

    private static var size: Int { 64 }
    private static var longest: Int { 64 }

    private var places: [Place?] = []

    /// What a key says, as it is remembered or as it is read now.
    mutating func fact(of key: Span<UInt8>, _ read: (Span<UInt8>) -> Fact) -> Fact {
        guard key.count < Self.longest else { return read(key) }
        var bytes = SIMD8<UInt64>()
        var word: UInt64 = 0
        var hash = WordSet.emptyHash
        for index in key.indices {
            word = word &<< 8 | UInt64(key[index])
            hash = WordSet.hash(hash, key[index])
            if index & 7 == 7 {
                bytes[index >> 3] = word
                word = 0
            }
        }
        bytes[key.count >> 3] = word
        let number = Int(hash ^ hash >> 15) & (Self.size - 1)
        if places.isEmpty { places = Array(repeating: nil, count: Self.size) }
        if let place = places[number], place.count == key.count, place.key == bytes {
            return place.fact
        }
        let fact = read(key)
        places[number] = Place(key: bytes, count: key.count, fact: fact)
        return fact
    }
}
