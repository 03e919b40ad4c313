/// What a worker is doing.
public enum WorkerState: String, Hashable, Sendable, Codable {
    /// It was created and holds its pin.
    case created
    /// It was stopped; its pin is let go.
    case stopped
}
