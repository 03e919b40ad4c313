internal import BundleModel
internal import HTTPServing
internal import HTTPTypes
internal import Hummingbird

/// What a request says its body is.
enum ContentType {
    /// Throws ``Problem`` with 415 unless it is this.
    static func require(_ type: String, in request: Request) throws {
        let given = request.headers[.contentType]?.split(separator: ";").first
        guard given.map({ String($0).lowercased() }) == type else {
            throw Problem(
                SheafError(
                    .invalidRequest, "the request's body has another type than is expected here",
                    details: ["expected": type]),
                status: .unsupportedMediaType)
        }
    }
}
