/// What would become of workers of a bundle: `POST /v1/config-bundles/preflight`.
public struct PreflightReport: Hashable, Sendable, Codable {
    /// The profiles, by name.
    public let profiles: [ReadinessDocument]

    /// The names of the fields.
    public enum CodingKeys: String, WireKey {
        case profiles
    }

    /// Creates the document out of its fields.
    public init(profiles: [ReadinessDocument]) {
        self.profiles = profiles
    }
}
