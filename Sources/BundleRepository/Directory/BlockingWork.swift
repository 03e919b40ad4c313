internal import BundleModel
internal import Dispatch

/// Work that waits for a disk, on threads of its own: Swift's shared pool has one for each core and
/// must never wait.
enum BlockingWork {
    /// Does work outside of the shared pool.
    static func run<Value: Sendable>(
        _ work: @escaping @Sendable () throws(SheafError) -> Value
    ) async throws(SheafError) -> Value {
        try await withCheckedContinuation { continuation in
            DispatchQueue(label: "sheaf.directory").async {
                continuation.resume(returning: Result { () throws(SheafError) in try work() })
            }
        }.get()
    }
}
