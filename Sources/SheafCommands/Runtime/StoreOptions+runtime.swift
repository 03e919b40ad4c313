internal import BundleModel
internal import WorkerRuntime

extension StoreOptions {
    /// Opens the runtime; throws `store_busy` when another process owns the store and this one
    /// wants to write.
    func open(_ access: StoreAccess) throws(SheafError) -> WorkerRuntime {
        try WorkerRuntime.open(store: storePath(), policy: policyPath(), access: access)
    }
}
