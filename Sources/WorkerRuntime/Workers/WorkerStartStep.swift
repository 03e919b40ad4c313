/// The steps of creating a worker, between which a host can be killed.
package enum WorkerStartStep: String, CaseIterable, Hashable, Sendable, Codable {
    /// The host policy has decided; nothing is written.
    case decided
    /// The pin is held.
    case pinned
    /// The row is on disk.
    case recorded
    /// The launcher is about to start the engine.
    case launching
    /// The engine was started; no row says so.
    case launched
    /// The row says that the engine runs.
    case running
    /// The engine has ended; no row says so.
    case ended
    /// The row says how the engine ended; the pin is held.
    case endRecorded
    /// The pin was let go.
    case letGo
}

extension WorkerRuntime {
    /// Tells each step of a worker; tests end the process in one.
    package func watchSteps(_ watch: @escaping @Sendable (WorkerStartStep) -> Void) {
        stepWatch = watch
    }

    func step(_ step: WorkerStartStep) { stepWatch?(step) }
}
