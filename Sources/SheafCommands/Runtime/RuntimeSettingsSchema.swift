/// The published JSON Schema of a runtime daemon's settings, `runtime.yaml`.
package enum RuntimeSettingsSchema {
    /// What the file names in its key `schema`.
    package static let identifier = "sheaf/runtime/v1"

    /// The JSON Schema (draft 2020-12) as text.
    package static var json: String {
        String(decoding: PackageResources.runtime_schema_json, as: UTF8.self)
    }
}
