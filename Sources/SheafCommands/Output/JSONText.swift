internal import BundleModel
internal import Foundation

/// JSON as every verb writes it: one object, indented, keys sorted, with a line break at its end.
enum JSONText {
    static func encode(_ value: some Encodable) throws(SheafError) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .iso8601
        do {
            return String(decoding: try encoder.encode(value), as: UTF8.self) + "\n"
        } catch {
            throw SheafError(.ioError, "the result cannot be written as JSON")
        }
    }
}
