internal import BundleModel

/// Work that has to be done by a time.
public enum Deadline {
    /// Does work; throws `deadline_exceeded` and cancels it when the time is over.
    public static func run<Value: Sendable>(
        _ time: Duration, _ what: String, _ work: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        try await withThrowingTaskGroup(of: Value?.self) { group in
            group.addTask { try await work() }
            group.addTask {
                try await Task.sleep(for: time)
                return nil
            }
            defer { group.cancelAll() }
            guard let first = try await group.next(), let value = first else {
                throw SheafError(.deadlineExceeded, "\(what) took longer than \(time)")
            }
            return value
        }
    }
}
