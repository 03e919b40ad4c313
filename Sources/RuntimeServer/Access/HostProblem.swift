internal import BundleModel

/// That the runtime is not ready, and why: for whoever asks without the host's own, for the log with.
struct HostProblem: Error {
    let error: SheafError
}
