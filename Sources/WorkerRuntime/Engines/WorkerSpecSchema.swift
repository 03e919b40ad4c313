/// The published JSON Schema of `spec.json`, which an engine reads.
public enum WorkerSpecSchema {
    /// What a specification names in its key `schema`.
    public static let identifier = "sheaf/worker-spec/v1"

    /// The JSON Schema (draft 2020-12) as text.
    public static var json: String {
        String(decoding: PackageResources.worker_spec_schema_json, as: UTF8.self)
    }
}
