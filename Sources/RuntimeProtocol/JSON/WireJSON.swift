public import BundleModel
internal import Foundation

/// The one way in which documents of the protocol become JSON and are read from it.
public enum WireJSON {
    /// Who reads: it decides what becomes of a field that is not known.
    public enum Reader: Sendable {
        /// A server that reads a request: the field is refused by its name.
        case server
        /// A client that reads an answer: the field is passed over.
        case client

        /// How many values a document may have. A request has some 200 at most; an answer is bounded
        /// by its bytes, and by what the server puts in a part of a list.
        var maximumValues: Int {
            switch self {
            case .server: 4096
            case .client: 4 << 20
            }
        }
    }

    /// Reads a document; throws `invalid_request` with the field that is wrong, `limit_exceeded` for
    /// a request of more than 4,096 values.
    ///
    /// JSON of more than 32 levels, with a name twice in an object, or that is not UTF-8 is refused.
    public static func decode<Document: Decodable>(
        _ type: Document.Type, from bytes: [UInt8], by reader: Reader
    ) throws(SheafError) -> Document {
        let value = try JSONReader.read(bytes, atMost: reader.maximumValues)
        do {
            return try WireDecoder(value: value, isStrict: reader == .server, codingPath: [])
                .decode(type)
        } catch let error as SheafError {
            throw error
        } catch {
            throw SheafError(.invalidRequest, "the document cannot be read")
        }
    }

    /// The bytes of a document: names in order, no spaces, so that equal documents are equal bytes.
    public static func encode(_ document: some Encodable) throws(SheafError) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            return Array(try encoder.encode(document))
        } catch {
            throw SheafError(.ioError, "the answer cannot be written as JSON")
        }
    }
}
