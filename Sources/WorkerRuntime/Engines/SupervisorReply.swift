internal import BundleModel

/// What a supervisor says to the process that started it, in one line of JSON.
enum SupervisorReply: Codable, Hashable, Sendable {
    /// The engine runs.
    case running
    /// The engine has ended; ``EngineEnd`` says how.
    case ended
    /// Another supervisor has this worker, or had it.
    case begunBefore
    /// The directory of the worker cannot be used; nothing was started.
    case unusable
}
