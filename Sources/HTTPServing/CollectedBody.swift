internal import BundleModel
internal import HTTPTypes
public import Hummingbird
internal import LibGit2
internal import NIOCore

/// Reads the whole body of a request, up to a limit.
public enum CollectedBody {
    /// The bytes, inflated when they came with `Content-Encoding: gzip`.
    ///
    /// Throws ``Problem``: `limit_exceeded` over the limit, before or after inflating;
    /// `deadline_exceeded` when the body does not come in time; `invalid_request` for another
    /// encoding or a damaged one.
    public static func read(
        _ request: Request, atMost limit: Int, within time: Duration
    ) async throws -> [UInt8] {
        if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > limit {
            throw tooLarge(limit)
        }
        let body = request.body
        let bytes: [UInt8]
        do {
            bytes = try await Deadline.run(time, "the request's body") {
                var bytes: [UInt8] = []
                for try await part in body {
                    guard bytes.count + part.readableBytes <= limit else { throw tooLarge(limit) }
                    bytes.append(contentsOf: part.readableBytesView)
                }
                return bytes
            }
        } catch let error as SheafError where error.code == .deadlineExceeded {
            throw Problem(error, status: .requestTimeout)
        }
        switch request.headers[.contentEncoding]?.lowercased() {
        case nil, "identity": return bytes
        case "gzip", "x-gzip": return try inflated(bytes, limit)
        default:
            throw Problem(
                SheafError(.invalidRequest, "the body has an encoding that is not known here"),
                status: .unsupportedMediaType)
        }
    }

    private static func inflated(_ bytes: [UInt8], _ limit: Int) throws -> [UInt8] {
        do throws(Gunzip.Failure) {
            return try Gunzip.inflate(bytes, atMost: limit)
        } catch {
            switch error {
            case .tooLarge: throw tooLarge(limit)
            case .damaged:
                throw Problem(SheafError(.invalidRequest, "the body is not one gzip stream"))
            }
        }
    }

    private static func tooLarge(_ limit: Int) -> Problem {
        Problem(
            SheafError(
                .limitExceeded, "the request's body is over \(limit) bytes",
                details: ["bytes": String(limit)]))
    }
}
