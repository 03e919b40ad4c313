internal import BundleModel

/// Reads documents out of JSON values.
///
/// With `isStrict`, as a server reads requests, every field that a document does not declare is
/// refused by its name; without, as a client reads answers, it is passed over, so that a newer
/// server can say more.
struct WireDecoder: Decoder {
    let value: JSONValue
    let isStrict: Bool
    let codingPath: [any CodingKey]
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(
        keyedBy type: Key.Type
    ) throws -> KeyedDecodingContainer<Key> {
        guard case .object(let fields) = value else { throw mismatch("an object") }
        // The names of a map, such as those of labels, are the caller's own.
        if isStrict, let keys = type as? any WireKey.Type {
            let known = Set(Self.names(keys))
            if let unknown = fields.keys.filter({ !known.contains($0) }).sorted().first {
                let name = place(JSONReader.shown(unknown))
                throw SheafError(
                    .invalidRequest, "the field '\(name)' is not known here",
                    details: ["field": name, "known": known.sorted().joined(separator: ", ")])
            }
        }
        return KeyedDecodingContainer(WireFields<Key>(fields: fields, decoder: self))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        guard case .array(let values) = value else { throw mismatch("a list") }
        return WireElements(values: values, decoder: self)
    }

    func singleValueContainer() throws -> any SingleValueDecodingContainer {
        WireScalar(decoder: self)
    }

    /// The decoder of something inside.
    func inside(_ value: JSONValue, _ key: any CodingKey) -> WireDecoder {
        WireDecoder(value: value, isStrict: isStrict, codingPath: codingPath + [key])
    }

    /// Reads the value as a type; every error is an `invalid_request` that names the field.
    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        do {
            if let scalar = try scalar(type) as? Value { return scalar }
            return try Value(from: self)
        } catch let error as SheafError {
            throw error
        } catch let error as IdentifierError {
            throw SheafError(
                .invalidRequest, error.description, details: ["field": place()],
                hint: error.asError().hint)
        } catch DecodingError.dataCorrupted(let context) {
            throw SheafError(
                .invalidRequest, "'\(place())' cannot be read: \(context.debugDescription)",
                details: ["field": place()])
        } catch {
            throw SheafError(
                .invalidRequest, "'\(place())' cannot be read", details: ["field": place()])
        }
    }

    private func scalar(_ type: any Decodable.Type) throws -> (any Decodable)? {
        switch (type, value) {
        case (is String.Type, .text(let text)): return text
        case (is String.Type, _): throw mismatch("a text")
        case (is Bool.Type, .bool(let bool)): return bool
        case (is Bool.Type, _): throw mismatch("a boolean")
        case (is Int.Type, .number(let number)):
            guard let number = Int(number) else { throw mismatch("a whole number") }
            return number
        case (is Int.Type, _): throw mismatch("a whole number")
        case (is Int32.Type, .number(let number)):
            guard let number = Int32(number) else { throw mismatch("a whole number") }
            return number
        case (is Int32.Type, _): throw mismatch("a whole number")
        default: return nil
        }
    }

    func mismatch(_ expected: String) -> SheafError {
        let found = if case .number = value { "a number" } else { value.noun }
        let place = codingPath.isEmpty ? "the document" : "'\(place())'"
        return SheafError(
            .invalidRequest, "\(place) is \(found) and should be \(expected)",
            details: ["field": self.place()])
    }

    /// The path of this value, or of a field of it, such as `intent.labels`.
    func place(_ name: String? = nil) -> String {
        (codingPath.map { $0.intValue.map { "\($0)" } ?? JSONReader.shown($0.stringValue) }
            + [name].compactMap(\.self)).joined(separator: ".")
    }

    private static func names<Key: WireKey>(_ type: Key.Type) -> [String] {
        type.allCases.map(\.stringValue)
    }
}
