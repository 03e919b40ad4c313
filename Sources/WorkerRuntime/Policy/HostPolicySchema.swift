/// The published JSON Schema of the host policy.
public enum HostPolicySchema {
    /// What a host policy names in its key `schema`.
    public static let identifier = HostPolicyReader.schema

    /// The JSON Schema (draft 2020-12) as text.
    public static var json: String {
        String(decoding: PackageResources.host_policy_schema_json, as: UTF8.self)
    }
}
