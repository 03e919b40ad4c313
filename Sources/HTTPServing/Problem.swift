public import BundleModel
internal import Foundation
internal import HTTPTypes
public import Hummingbird
internal import NIOCore
internal import NIOHTTP1

/// An error as HTTP carries it.
///
/// Source: RFC 9457, with the code, details and findings of ``BundleModel/SheafError`` beside.
public struct Problem: Error, Sendable {
    /// The error.
    public let error: SheafError
    /// The status; that of the error's code where nothing else was said.
    public let status: HTTPResponse.Status
    /// Fields of the response beside those that every problem has.
    public var fields: HTTPFields = [:]

    /// Says an error, with another status than that of its code where one fits better.
    public init(_ error: SheafError, status: HTTPResponse.Status? = nil) {
        self.error = error
        self.status =
            status ?? HTTPResponse.Status(code: error.code.presentation.httpStatus)
    }

    private struct Body: Encodable {
        let type = "about:blank"
        let title: String
        let status: Int
        let code: String
        let detail: String
        let hint: String?
        let details: [String: String]?
        let findings: [Finding]?
        let requestId: String?
    }

    /// The response.
    public func response(requestID: String? = nil) -> Response {
        let body = Body(
            title: HTTPResponseStatus(statusCode: status.code).reasonPhrase, status: status.code,
            code: error.code.rawValue,
            detail: error.message, hint: error.hint,
            details: error.details.isEmpty ? nil : error.details,
            findings: error.findings.isEmpty ? nil : error.findings, requestId: requestID)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let bytes = (try? encoder.encode(body)) ?? Data()
        var headers = fields
        headers[.contentType] = "application/problem+json"
        headers[.cacheControl] = "no-store"
        return Response(
            status: status, headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}
