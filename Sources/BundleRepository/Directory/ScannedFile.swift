internal import BundleModel
internal import LibGit2

/// A file of a directory after its bytes were read once.
struct ScannedFile {
    /// The name inside the bundle, in NFC.
    let name: [UInt8]
    /// The same as a path; nil when it cannot be part of a bundle.
    let path: BundlePath?
    /// The components as the file system has them.
    let components: [[UInt8]]
    let size: Int
    let value: SHA256Value
    let blob: ObjectID
}
