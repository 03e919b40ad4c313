internal import BundleModel
internal import Dispatch
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
        let bytes = try await received(request, atMost: limit, within: time)
        return try await plain(bytes, of: request, atMost: limit)
    }

    /// The bytes as they come; throws as ``read(_:atMost:within:)`` does.
    ///
    /// - Parameter hold: is told how many more bytes there are, before they are kept.
    public static func received(
        _ request: Request, atMost limit: Int, within time: Duration,
        hold: @escaping @Sendable (Int) throws -> Void = { _ in }
    ) async throws -> [UInt8] {
        if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > limit {
            throw tooLarge(limit)
        }
        let body = request.body
        do {
            return try await Deadline.run(time, "the request's body") {
                var bytes: [UInt8] = []
                for try await part in body {
                    guard bytes.count + part.readableBytes <= limit else { throw tooLarge(limit) }
                    try hold(part.readableBytes)
                    bytes.append(contentsOf: part.readableBytesView)
                }
                return bytes
            }
        } catch let error as SheafError where error.code == .deadlineExceeded {
            throw Problem(error, status: .requestTimeout)
        }
    }

    /// The bytes that a request means by those that came with it, inflated when they came with
    /// `Content-Encoding: gzip`; throws as ``read(_:atMost:within:)`` does.
    public static func plain(
        _ bytes: [UInt8], of request: Request, atMost limit: Int
    ) async throws -> [UInt8] {
        switch request.headers[.contentEncoding]?.lowercased() {
        case nil, "identity": return bytes
        case "gzip", "x-gzip": return try await inflated(bytes, limit)
        default:
            throw Problem(
                SheafError(.invalidRequest, "the body has an encoding that is not known here"),
                status: .unsupportedMediaType)
        }
    }

    /// A body of the limit takes a processor for a while, which belongs to no thread of those that
    /// serve everybody.
    private static func inflated(_ bytes: [UInt8], _ limit: Int) async throws -> [UInt8] {
        let result = await withCheckedContinuation { continuation in
            DispatchQueue(label: "sheaf.inflating").async {
                continuation.resume(
                    returning: Result { () throws(Gunzip.Failure) in
                        try Gunzip.inflate(bytes, atMost: limit)
                    })
            }
        }
        do throws(Gunzip.Failure) {
            return try result.get()
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
