/// A run of `git` for one client alone, which ends when nobody holds this any more or it is told to.
final class OwnedRun: Sendable {
    private let task: Task<Void, Never>

    init(_ task: Task<Void, Never>) {
        self.task = task
    }

    deinit { task.cancel() }

    /// Ends the run: what nobody reads is not made.
    func end() { task.cancel() }
}
