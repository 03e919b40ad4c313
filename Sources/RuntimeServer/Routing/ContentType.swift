internal import BundleModel
internal import HTTPServing
internal import HTTPTypes
internal import Hummingbird

/// What a request says its body is.
enum ContentType {
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
