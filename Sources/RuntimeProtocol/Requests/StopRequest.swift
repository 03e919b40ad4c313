/// How a worker is stopped: `POST /v1/workers/{id}/stop`.
public struct StopRequest: Hashable, Sendable, Codable {
    /// How long its engine may take to end, 0 to 600; nil for 10.
    public let graceSeconds: Int?

    /// The names of the fields.
    public enum CodingKeys: String, WireKey {
        case graceSeconds
    }

    /// Creates the document out of its fields.
    public init(graceSeconds: Int? = nil) {
        self.graceSeconds = graceSeconds
    }
}
