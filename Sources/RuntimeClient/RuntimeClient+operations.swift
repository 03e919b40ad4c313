internal import AsyncHTTPClient
public import BundleModel
internal import NIOCore
internal import NIOHTTP1
public import RuntimeProtocol
internal import SystemPackage
internal import _NIOFileSystem

extension RuntimeClient {
    /// `GET /v1/runtime`
    public func describe() async throws(SheafError) -> RuntimeDocument {
        try await get("/v1/runtime")
    }

    /// `GET /v1/config-bundles`
    public func channels(
        after cursor: String?, limit: Int?
    ) async throws(SheafError) -> ChannelPage {
        try await get(
            "/v1/config-bundles", [("after", cursor), ("limit", limit.map { String($0) })])
    }

    /// `GET /v1/config-bundles/{digest}`
    public func bundle(_ digest: BundleDigest) async throws(SheafError) -> BundleDocument {
        try await get("/v1/config-bundles/\(digest)")
    }

    /// `PUT /v1/config-bundles/{digest}`; throws `io_error` for a file that cannot be read.
    public func put(
        _ digest: BundleDigest, file path: String, workspace: WorkspaceID?
    ) async throws(SheafError) -> SyncReport {
        let query = workspace.map { "?workspace=\($0)" } ?? ""
        var request = request("/v1/config-bundles/\(digest)\(query)")
        request.method = .PUT
        request.headers.replaceOrAdd(name: "Content-Type", value: "application/x-git-bundle")
        let prepared = request
        do {
            return try await FileSystem.shared.withFileHandle(forReadingAt: FilePath(path)) {
                file in
                var request = prepared
                request.body = .stream(
                    file.readChunks(), length: .known(try await file.info().size))
                return try await exchange(request, within: configuration.workTime)
            }
        } catch let error as SheafError {
            throw error
        } catch {
            throw SheafError(
                .ioError, "the file '\(DisplayText.escape(path))' cannot be read")
        }
    }

    /// `POST /v1/config-bundles/sync`
    public func sync(_ request: SyncRequest) async throws(SheafError) -> SyncReport {
        try await post("/v1/config-bundles/sync", request, within: configuration.workTime)
    }

    /// `GET /v1/config-bundles/{digest}/availability`
    public func availability(
        _ digest: BundleDigest, commit: CommitID
    ) async throws(SheafError) -> AvailabilityDocument {
        try await get("/v1/config-bundles/\(digest)/availability", [("commit", commit.hex)])
    }

    /// `POST /v1/config-bundles/preflight`
    public func preflight(
        _ request: PreflightRequest
    ) async throws(SheafError) -> PreflightReport {
        try await post("/v1/config-bundles/preflight", request, within: configuration.time)
    }

    /// `POST /v1/workers`
    public func createWorker(_ request: WorkerRequest) async throws(SheafError) -> WorkerReply {
        try await post("/v1/workers", request, within: configuration.workTime)
    }

    /// `GET /v1/workers`
    public func workers(
        after cursor: String?, limit: Int?
    ) async throws(SheafError) -> WorkerPage {
        try await get("/v1/workers", [("after", cursor), ("limit", limit.map { String($0) })])
    }

    /// `GET /v1/workers/{id}`
    public func worker(_ id: WorkerID) async throws(SheafError) -> WorkerDocument {
        try await get("/v1/workers/\(id)")
    }

    /// `POST /v1/workers/{id}/stop`
    public func stopWorker(
        _ id: WorkerID, _ request: StopRequest
    ) async throws(SheafError) -> WorkerDocument {
        let grace = Duration.seconds(min(max(request.graceSeconds ?? 10, 0), 600))
        return try await post(
            "/v1/workers/\(id)/stop", request, within: configuration.time + grace)
    }
}
