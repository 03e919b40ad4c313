internal import LibGit2

/// A thread of its own for an actor that blocks in Git or SQLite.
package struct StoreThread: Sendable {
    private let executor: BlockingExecutor

    package init(label: String) {
        executor = BlockingExecutor(label: label)
    }

    /// What the actor gives as its `unownedExecutor`; the actor keeps this value alive.
    @safe
    package var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }
}
