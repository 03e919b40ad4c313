public import BundleModel
internal import BundleRepository
public import RuntimeProtocol
public import WorkerRuntime

/// The library in this process, asked in the documents of the protocol.
///
/// A server asks through it for each caller, who sees a part; an embedder sees everything.
public struct EmbeddedRuntime: RuntimeOperations {
    let runtime: WorkerRuntime
    let sight: Sight
    let sync: RuntimeServerConfiguration.SyncAction?

    /// The whole of a runtime.
    ///
    /// - Parameters:
    ///   - runtime: the runtime; its owner where something is to change.
    ///   - sync: how a sync is made; nil for the library's own.
    public init(
        _ runtime: WorkerRuntime, sync: RuntimeServerConfiguration.SyncAction? = nil
    ) {
        self.init(runtime, seeing: .all, sync: sync)
    }

    init(
        _ runtime: WorkerRuntime, seeing sight: Sight,
        sync: RuntimeServerConfiguration.SyncAction?
    ) {
        self.runtime = runtime
        self.sight = sight
        self.sync = sync
    }

    /// What the runtime is.
    public func describe() async throws(SheafError) -> RuntimeDocument {
        RuntimeDocument(
            version: SheafVersion.current, api: "v1", rulesVersion: BundleCheck.rulesVersion,
            startsEngines: await runtime.startsEngines,
            workspaces: try await runtime.servedWorkspaces().filter { sight.shows($0) })
    }
}
