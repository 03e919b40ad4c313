internal import BundleModel
internal import HTTPServing
internal import Hummingbird
internal import NIOCore
internal import RuntimeProtocol

extension RequestHandler {
    /// Answers what only the owner of the host may ask, through the socket of its store.
    func respond(
        to request: Request, _ operation: OwnerOperation, on channel: any Channel
    ) async throws -> Response {
        _ = try RequestQuery(request, known: [])
        return switch operation {
        case .sync: try Self.json(try await sync(try await document(request), on: channel))
        case .importFile: try Self.json(try await owner.importFile(try await document(request)))
        case .forget: try Self.json(try await owner.forget(try await document(request)))
        case .unfollow: try Self.json(try await owner.unfollow(try await document(request)))
        case .collect: try Self.json(try await owner.collect(try await document(request)))
        }
    }

    /// Waits no longer than whoever asked: the time that they give may be a day.
    private func sync(
        _ request: OwnerSyncRequest, on channel: any Channel
    ) async throws -> SyncReport {
        try await ClientPresence.during(channel) { [owner] in try await owner.sync(request) }
    }
}
