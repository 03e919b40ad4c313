internal import BundleModel

/// One file of a published state, as JSON.
struct FileContentView: Encodable {
    let path: BundlePath
    let size: Int
    /// `utf-8` or `base64`.
    let encoding: String
    let content: String
}
