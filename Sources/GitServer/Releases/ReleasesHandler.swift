internal import BundleModel
internal import BundleRepository
internal import Crypto
internal import Foundation
internal import HTTPServing
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore
internal import Synchronization

/// Tells which releases the channels are at, and waits for the next one when asked to.
struct ReleasesHandler: Sendable {
    let limits: ServerLimits

    private struct Body: Encodable {
        let cursor: String
        let releases: [ReleaseView]
    }

    /// `bundle` narrows it to one, `since` is the cursor of an earlier answer, `wait` so many
    /// seconds. With `since` the answer is 304 when nothing changed until the time was over.
    func respond(
        to request: Request, on channel: any Channel, in repository: ServedRepository,
        seeing visibility: Visibility
    ) async throws -> Response {
        let asked = try Query(request)
        let visibility = visibility.narrowed(to: asked.bundle)
        guard asked.wait > .zero, asked.since != nil else {
            return try await answer(asked, repository, visibility)
        }
        // Whoever goes away meanwhile does not keep a place among those who wait; whoever stays asks
        // again on the same connection.
        return try await ClientPresence.during(channel) {
            try await answer(asked, repository, visibility)
        }
    }

    private func answer(
        _ asked: Query, _ repository: ServedRepository, _ visibility: Visibility
    ) async throws -> Response {
        let end = ContinuousClock.now + min(asked.wait, limits.longestWait)
        while true {
            let snapshot = try await repository.snapshot()
            let references = snapshot.references(visibility).filter { $0.kind != .revisions }
            let cursor = Self.cursor(references)
            if cursor != asked.since {
                return try await response(references, cursor, repository)
            }
            let left = end - .now
            guard left > .zero else { return Self.unchanged(cursor) }
            guard repository.waiters < limits.releaseWaiters else { throw Admission.busy }
            await repository.wait(forChangeSince: snapshot.version, atMost: left)
            try Task.checkCancellation()
            if repository.isClosing { return Self.unchanged(cursor) }
        }
    }

    private func response(
        _ references: [ServedReference], _ cursor: String, _ repository: ServedRepository
    ) async throws -> Response {
        var releases: [ReleaseView] = []
        for reference in references {
            if let release = try await repository.release(reference) { releases.append(release) }
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let bytes = try encoder.encode(Body(cursor: cursor, releases: releases))
        var headers = Self.headers(cursor)
        headers[.contentType] = "application/json"
        return Response(
            status: .ok, headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    private static func unchanged(_ cursor: String) -> Response {
        Response(status: .notModified, headers: headers(cursor))
    }

    private static func headers(_ cursor: String) -> HTTPFields {
        [.eTag: "\"\(cursor)\"", .cacheControl: "no-cache"]
    }

    /// Stands for where the channels are, and for nothing else: it needs no memory of who asked.
    private static func cursor(_ references: [ServedReference]) -> String {
        let text = references.map { "\($0.tip) \($0.name)\n" }.joined()
        return SHA256.hash(data: Array(text.utf8)).prefix(16)
            .map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    private struct Query: Sendable {
        var bundle: BundleID?
        var since: String?
        var wait = Duration.zero

        init(_ request: Request) throws {
            for (name, value) in request.uri.queryParameters {
                switch name {
                case "bundle":
                    do throws(IdentifierError) {
                        bundle = try BundleID(String(value))
                    } catch {
                        throw Problem(error.asError())
                    }
                case "since": since = String(value.prefix(64))
                case "wait":
                    guard let seconds = Int(value), (0...3600).contains(seconds) else {
                        throw Problem(
                            SheafError(
                                .invalidRequest, "'wait' is a number of seconds up to 3600"))
                    }
                    wait = .seconds(seconds)
                default:
                    throw Problem(
                        SheafError(
                            .invalidRequest, "a parameter is not known here",
                            hint: "'bundle', 'since' and 'wait' are"))
                }
            }
        }
    }
}
