/// The kinds of YAML documents and their published JSON Schemas.
public enum DocumentSchema: String, CaseIterable, Sendable, Hashable {
    /// `bundle.yaml`.
    case bundle
    /// `profiles/<name>.yaml`.
    case profile
    /// `tools/<name>.yaml`.
    case tool
    /// `models/<name>.yaml`.
    case model
    /// `plugins/<name>.yaml`.
    case plugin
    /// `policies/<name>.yaml`.
    case declaration
    /// `workflows/**/*.yaml`.
    case workflow

    /// What a document names in its key `schema`: `sheaf/<kind>/v1`.
    public var identifier: String { "sheaf/\(rawValue)/v1" }

    /// The kind with its article, for messages.
    var noun: String { "a \(rawValue)" }

    /// The JSON Schema (draft 2020-12) as text.
    public var json: String {
        let bytes =
            switch self {
            case .bundle: PackageResources.bundle_schema_json
            case .profile: PackageResources.profile_schema_json
            case .tool: PackageResources.tool_schema_json
            case .model: PackageResources.model_schema_json
            case .plugin: PackageResources.plugin_schema_json
            case .declaration: PackageResources.declaration_schema_json
            case .workflow: PackageResources.workflow_schema_json
            }
        return String(decoding: bytes, as: UTF8.self)
    }
}
