extension WorkerRuntime {
    /// Whether this runtime starts the engines of the workers that it creates.
    public var startsEngines: Bool { launcher != nil }
}
