internal import BundleModel

/// The elements of a list.
struct WireElements: UnkeyedDecodingContainer {
    private struct Index: CodingKey {
        let number: Int
        var stringValue: String { String(number) }
        var intValue: Int? { number }

        init(_ number: Int) { self.number = number }
        init?(stringValue: String) { nil }
        init?(intValue: Int) { number = intValue }
    }

    let values: [JSONValue]
    let decoder: WireDecoder
    private(set) var currentIndex = 0

    init(values: [JSONValue], decoder: WireDecoder) {
        self.values = values
        self.decoder = decoder
    }

    var codingPath: [any CodingKey] { decoder.codingPath }
    var count: Int? { values.count }
    var isAtEnd: Bool { currentIndex >= values.count }

    mutating func decodeNil() throws -> Bool {
        guard !isAtEnd, values[currentIndex] == .null else { return false }
        currentIndex += 1
        return true
    }

    mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        try next().decode(type)
    }

    mutating func nestedContainer<Key: CodingKey>(
        keyedBy type: Key.Type
    ) throws -> KeyedDecodingContainer<Key> {
        try next().container(keyedBy: type)
    }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
        try next().unkeyedContainer()
    }

    mutating func superDecoder() throws -> any Decoder { try next() }

    private mutating func next() throws -> WireDecoder {
        guard !isAtEnd else {
            throw SheafError(.invalidRequest, "'\(decoder.place())' has too few elements")
        }
        defer { currentIndex += 1 }
        return decoder.inside(values[currentIndex], Index(currentIndex))
    }
}
