/// What a worker is doing.
public enum WorkerState: Hashable, Sendable, CustomStringConvertible {
    /// It was created and holds its pin; nothing runs.
    case created
    /// Its engine is being started.
    case starting
    /// Its engine runs.
    case running
    /// Its engine has ended by itself, with this exit status: 128 and the number of the signal when
    /// one ended it, as shells count.
    case exited(status: Int32)
    /// It was stopped.
    case stopped
    /// It could not be started, or was lost.
    case failed(WorkerFailure)

    /// The state without what goes with it: `created`, `starting`, `running`, `exited`, `stopped` or
    /// `failed`.
    public var name: String {
        switch self {
        case .created: "created"
        case .starting: "starting"
        case .running: "running"
        case .exited: "exited"
        case .stopped: "stopped"
        case .failed: "failed"
        }
    }

    /// Whether the worker holds its pin: in each of the other states it has let it go.
    public var isLive: Bool {
        switch self {
        case .created, .starting, .running: true
        case .exited, .stopped, .failed: false
        }
    }

    /// The names of all states.
    static let names = ["created", "starting", "running", "exited", "stopped", "failed"]

    /// The names of the states in which a worker holds its pin, as a list in SQL.
    static let liveNames = "('created', 'starting', 'running')"

    /// The name, and behind it the exit status or the failure.
    public var description: String {
        switch self {
        case .exited(let status): "exited (\(status))"
        case .failed(let failure): "failed (\(failure))"
        default: name
        }
    }
}
