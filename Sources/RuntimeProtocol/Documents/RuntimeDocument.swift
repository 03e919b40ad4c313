public import BundleModel

/// What a runtime is, to whoever asks: `GET /v1/runtime`.
public struct RuntimeDocument: Hashable, Sendable, Codable {
    /// The version of Sheaf.
    public let version: String
    /// The version of this protocol: `v1`.
    public let api: String
    /// The version of the rules by which bundles are judged.
    public let rulesVersion: Int
    /// Whether workers are started; otherwise they are only created.
    public let startsEngines: Bool
    /// The workspaces that this host serves and the caller may know of.
    public let workspaces: [WorkspaceID]

    /// The names of the fields.
    public enum CodingKeys: String, WireKey {
        case version, api, rulesVersion, startsEngines, workspaces
    }

    /// Creates the document out of its fields.
    public init(
        version: String, api: String, rulesVersion: Int, startsEngines: Bool,
        workspaces: [WorkspaceID]
    ) {
        self.version = version
        self.api = api
        self.rulesVersion = rulesVersion
        self.startsEngines = startsEngines
        self.workspaces = workspaces
    }
}
