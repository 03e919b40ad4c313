/// A stream that an engine writes to.
public enum OutputStreamName: String, CaseIterable, Hashable, Sendable {
    /// Standard output.
    case output = "stdout"
    /// Standard error.
    case error = "stderr"
}
