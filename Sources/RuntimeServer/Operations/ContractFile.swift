/// The contract that the server keeps: OpenAPI 3.1.
enum ContractFile {
    /// The text, as it is served at `/openapi.yaml`.
    static var text: String { String(decoding: PackageResources.openapi_yaml, as: UTF8.self) }
}
