internal import BundleModel
internal import Foundation

/// JSON with sorted keys, as rows of the store hold it.
enum HostJSON {
    static func encode(_ value: some Encodable) throws(SheafError) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            return String(decoding: try encoder.encode(value), as: UTF8.self)
        } catch {
            throw SheafError(.ioError, "a row of the store cannot be written")
        }
    }

    static func decode<Value: Decodable>(
        _ text: String, as type: Value.Type
    ) throws(SheafError) -> Value {
        do {
            return try JSONDecoder().decode(type, from: Data(text.utf8))
        } catch {
            throw SheafError(.storeCorrupt, "a row of the store cannot be read")
        }
    }
}
