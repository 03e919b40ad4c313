internal import BundleModel

/// What a supervisor is to do. It gets this through a pipe: the environment has secrets, which are
/// in no file and no argument.
struct SupervisorOrder: Codable, Sendable {
    /// The attempt that this is part of; see ``WorkerDirectory/token``.
    let token: String
    let command: [String]
    let environment: [String: String]
    /// An engine that fails within this time has ended at once.
    let settlingMilliseconds: Int
    /// How long an engine has to end when nobody says otherwise.
    let graceMilliseconds: Int
    /// The most that each of an engine's streams takes on disk.
    let logBytes: Int
}

/// How long an engine has to end after it was asked to.
struct StopOrder: Codable, Sendable {
    let graceMilliseconds: Int
}
