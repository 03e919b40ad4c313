internal import BundleModel
internal import LibGit2

/// A file of a directory after its bytes were read once.
struct ScannedFile {
    /// The name inside the bundle, in NFC.
    let name: [UInt8]
    /// The components as the file system has them.
    let components: [[UInt8]]
    let size: Int
    let value: SHA256Value
    let blob: ObjectID
    /// The bytes, where they were small enough to keep.
    let contents: [UInt8]?
}
