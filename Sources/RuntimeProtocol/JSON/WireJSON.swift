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
    }

    /// Reads a document; throws `invalid_request` with the field that is wrong.
    ///
    /// JSON of more than 32 levels, with a name twice in an object, or that is not UTF-8 is refused.
    public static func decode<Document: Decodable>(
        _ type: Document.Type, from bytes: [UInt8], by reader: Reader
    ) throws(SheafError) -> Document {
        let value = try JSONReader.read(bytes)
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
