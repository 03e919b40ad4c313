package import BundleModel
internal import Foundation
internal import LibGit2

/// The Unix socket of a daemon of this host that speaks HTTP: whoever may open it is its owner.
package struct HostSocket: Sendable {
    /// An answer, whatever its status.
    package struct Answer: Sendable {
        package let status: Int
        package let body: [UInt8]
    }

    private static let maximumBytes = 64 << 20
    /// What fits into the address of a Unix socket on every system.
    private static let longestPath = 100

    private let path: String

    /// The socket at a path; nil when there is none.
    package init?(path: String) {
        guard Self.canBe(at: path),
            let attributes = try? FileManager.default.attributesOfItem(atPath: path),
            attributes[.type] as? FileAttributeType == .typeSocket
        else { return nil }
        self.path = path
    }

    /// Whether a socket can be made at a path.
    package static func canBe(at path: String) -> Bool { path.utf8.count <= longestPath }

    /// Asks, and waits for the answer on a thread of its own. Cancelling the task ends the waiting.
    ///
    /// - Parameters:
    ///   - route: the path and query of the request, as they are sent.
    ///   - body: a JSON document; with it the request is a POST, else a GET.
    ///   - deadline: for all of it.
    /// - Throws: `remote_unavailable` when nobody listens, `deadline_exceeded`, `cancelled`.
    package func ask(
        _ route: String, body: [UInt8]? = nil, deadline: Duration
    ) async throws(SheafError) -> Answer {
        try await HostSocketThread().ask(path, route, body, deadline, Self.maximumBytes)
    }
}

/// A thread that waits for one answer.
private actor HostSocketThread {
    private let thread = StoreThread(label: "sheaf.socket")

    nonisolated var unownedExecutor: UnownedSerialExecutor { thread.unownedExecutor }

    func ask(
        _ path: String, _ route: String, _ body: [UInt8]?, _ deadline: Duration,
        _ maximumBytes: Int
    ) throws(SheafError) -> HostSocket.Answer {
        var access = PeerAccess(proxy: "", connect: .seconds(5))
        access.socket = path
        let exchange = HTTPExchange(
            address: HTTPAddress(isSecure: false, host: "localhost", port: nil, path: ""),
            suffix: route,
            headers: ["Accept: application/json"]
                + (body == nil ? [] : ["Content-Type: application/json"]),
            body: body, access: access, maximumBytes: maximumBytes, deadline: deadline)
        do throws(TransportError) {
            let answer = try exchange.perform(isCancelled: { Task.isCancelled })
            return HostSocket.Answer(status: answer.status, body: answer.body)
        } catch {
            switch error {
            case .deadlineExceeded, .stalled:
                throw SheafError(.deadlineExceeded, "the daemon did not answer in time")
            case .cancelled: throw SheafError(.cancelled, "the request was cancelled")
            case .lacking: throw RemoteFailure.error(error)
            default:
                throw SheafError(
                    .remoteUnavailable, "the daemon that owns the store does not answer")
            }
        }
    }
}
