internal import BundleModel
internal import HTTPServing
internal import HTTPTypes
internal import Hummingbird

/// What a request says its body is.
enum ContentType {
    /// Whether a request says that it has no body, and nothing about the type of one.
    static func hasNoBody(_ request: Request) -> Bool {
        request.headers[.contentType] == nil && request.headers[.transferEncoding] == nil
            && request.headers[.contentLength].map { Int($0) == 0 } ?? true
    }

    /// Throws ``Problem`` with 415 unless it is one of these.
    static func require(_ types: [String], in request: Request) throws {
        let given = request.headers[.contentType]?.split(separator: ";").first
        guard let given, types.contains(given.lowercased().filter { $0 != " " }) else {
            throw Problem(
                SheafError(
                    .invalidRequest, "the request's body has another type than is expected here",
                    details: ["expected": types.joined(separator: ", ")]),
                status: .unsupportedMediaType)
        }
    }
}
