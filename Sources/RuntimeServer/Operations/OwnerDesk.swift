internal import BundleModel
internal import Foundation
internal import Hummingbird
internal import RuntimeProtocol
internal import WorkerRuntime

/// Does what the owner of the host asks for beside the API.
struct OwnerDesk: Sendable {
    let runtime: WorkerRuntime
    let actions: OwnerActions
    /// The folder of files that arrive.
    let arrivals: String

    /// Brings a channel up to date; the host policy of the daemon says which workspace is meant where
    /// none is named.
    func sync(_ request: OwnerSyncRequest) async throws(SheafError) -> SyncReport {
        let deadline = try Self.duration(request.timeoutSeconds, from: 1, "timeoutSeconds")
        let channel = try await runtime.channel(
            request.bundle, on: request.channel, workspace: request.workspace)
        return SyncReport(try await actions.sync(channel, deadline))
    }

    /// Takes a file that lies in the store; whatever comes of it, the file is gone afterwards.
    func importFile(_ request: OwnerImportRequest) async throws(SheafError) -> SyncReport {
        guard RuntimeSocket.isArrival(request.file) else {
            throw SheafError(
                .invalidRequest, "this is no file that arrives", details: ["field": "file"])
        }
        let path = "\(arrivals)/\(request.file)"
        defer { try? FileManager.default.removeItem(atPath: path) }
        let deadline = try Self.duration(request.timeoutSeconds, from: 1, "timeoutSeconds")
        do throws(SheafError) {
            return SyncReport(
                try await runtime.importFile(
                    path, workspace: request.workspace, deadline: deadline))
        } catch {
            throw HostDiscretion.without(path, error)
        }
    }

    /// Forgets a channel, and follows it no more unless the configuration names it.
    func forget(_ request: OwnerForgetRequest) async throws(SheafError) -> ForgottenDocument {
        let before = try await runtime.followedChannels()
        let forgotten = try await runtime.forget(
            request.bundle, on: request.channel, workspace: request.workspace,
            reason: request.reason)
        let after = Set(try await runtime.followedChannels())
        for channel in before where !after.contains(channel) { await actions.ended(channel) }
        return ForgottenDocument(forgotten)
    }

    /// Follows a channel no more.
    func unfollow(_ request: OwnerChannel) async throws(SheafError) -> OwnerChannel {
        let channel = try await runtime.unfollow(
            request.bundle, on: request.channel, workspace: request.workspace)
        await actions.ended(channel)
        return OwnerChannel(
            workspace: channel.workspace, bundle: channel.bundle, channel: channel.channel)
    }

    /// Collects the store.
    func collect(_ request: OwnerCollectRequest) async throws(SheafError) -> CollectionReport {
        try await runtime.collect(
            keepingWorkers: try Self.duration(
                request.keepWorkersSeconds, from: 0, "keepWorkersSeconds", to: .max))
    }

    private static func duration(
        _ seconds: Int, from least: Int, _ field: String,
        to most: Int = OwnerSyncRequest.longestSeconds
    ) throws(SheafError) -> Duration {
        guard (least...most).contains(seconds) else {
            throw SheafError(
                .invalidRequest,
                "'\(field)' is a number of seconds from \(least)"
                    + (most == .max ? "" : " to \(most)"), details: ["field": field])
        }
        return .seconds(seconds)
    }
}
