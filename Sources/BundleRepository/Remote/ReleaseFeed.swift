package import BundleModel
internal import Foundation
internal import LibGit2

/// The releases of a workspace as `sheaf serve` tells of them, where a host waits for the next one:
/// `GET /<workspace>/releases?since=…&wait=…`, or that of one bundle beside its repository.
///
/// What it says is no more than a reason to fetch: everything is checked there.
package struct ReleaseFeed: Sendable {
    private static let maximumBytes = 4 << 20
    private static let maximumCursor = 64

    private let address: HTTPAddress
    private let access: PeerAccess

    /// The feed beside a repository; nil when that is at no web server, or a credential would be
    /// readable on the way.
    package init?(of remote: RemoteRepository) {
        guard case .http(let repository) = remote.peer,
            (try? remote.requireDiscretion()) != nil
        else { return nil }
        var path = repository.path
        if path.hasSuffix(".git") { path.removeLast(4) }
        address = HTTPAddress(
            isSecure: repository.isSecure, host: repository.host, port: repository.port,
            path: path)
        access = remote.access
    }

    /// Asks, and waits for the answer; blocks the thread.
    ///
    /// - Parameters:
    ///   - cursor: of the last answer; nil asks where the channels are now.
    ///   - waiting: how long the server may wait for a change.
    ///   - deadline: how long all of it may take.
    /// - Throws: `remote_unavailable`, `remote_unauthorized`, `deadline_exceeded`, `cancelled`,
    ///   `limit_exceeded`.
    package func read(
        since cursor: String?, waiting: Duration, deadline: Duration,
        isCancelled: @escaping @Sendable () -> Bool
    ) throws(SheafError) -> ReleaseNotice {
        var query = "/releases?wait=\(waiting.components.seconds)"
        if let cursor { query += "&since=\(cursor)" }
        let request = HTTPExchange(
            address: address, suffix: query, headers: ["Accept: application/json"],
            access: access, maximumBytes: Self.maximumBytes, deadline: deadline)
        do throws(TransportError) {
            let answer = try request.perform(isCancelled: isCancelled)
            switch answer.status {
            case 304: return .unchanged
            case 200 where answer.contentType == "application/json":
                return Self.notice(answer.body) ?? .notOffered
            case 401: throw .unauthorized("it wants a credential, or another one")
            case 429, 503: throw .busy(seconds: answer.retryAfter)
            case 500...599: throw .unavailable("its answer has status \(answer.status)")
            default: return .notOffered
            }
        } catch {
            throw RemoteFailure.error(error)
        }
    }

    private struct Body: Decodable {
        struct Item: Decodable {
            let bundle: String
            let channel: String
            let commit: String
        }
        let cursor: String
        let releases: [Item]
    }

    /// Reads an answer; nil for what is none of `sheaf serve`. A cursor comes back into an address,
    /// so it is made of letters and digits.
    static func notice(_ bytes: [UInt8]) -> ReleaseNotice? {
        guard let body = try? JSONDecoder().decode(Body.self, from: Data(bytes)),
            !body.cursor.isEmpty, body.cursor.utf8.count <= maximumCursor,
            body.cursor.unicodeScalars.allSatisfy({
                $0.isASCII && ($0.properties.isAlphabetic || $0.properties.numericType != nil)
            })
        else { return nil }
        let entries = body.releases.compactMap { item -> ReleaseNotice.Entry? in
            guard let bundle = try? BundleID(item.bundle),
                let channel = try? ChannelID(item.channel), let commit = CommitID(item.commit)
            else { return nil }
            return ReleaseNotice.Entry(bundle: bundle, channel: channel, commit: commit)
        }
        return .releases(entries, cursor: body.cursor)
    }
}
