/// How large a bundle and its parts may be.
///
/// A host may lower the numbers, never raise them: what one host accepts every host must be able
/// to accept.
public struct ContentLimits: Hashable, Sendable {
    /// Files in a bundle.
    public var files: Int
    /// Bytes in one file.
    public var fileBytes: Int
    /// Bytes in all files together.
    public var bundleBytes: Int
    /// Bytes in one YAML document.
    public var documentBytes: Int
    /// Bytes in a commit message.
    public var messageBytes: Int
    /// Bytes in a path inside the bundle.
    public let pathBytes = 512
    /// Bytes in one component of a path.
    public let componentBytes = 255
    /// Components in a path.
    public let pathDepth = 16
    /// Levels of nesting in a YAML document.
    public let nesting = 64

    /// The default limits.
    public init(
        files: Int = 20_000, fileBytes: Int = 8 << 20, bundleBytes: Int = 256 << 20,
        documentBytes: Int = 1 << 20, messageBytes: Int = 64 << 10
    ) {
        self.files = files
        self.fileBytes = fileBytes
        self.bundleBytes = bundleBytes
        self.documentBytes = documentBytes
        self.messageBytes = messageBytes
    }

    /// The default limits.
    public static let standard = ContentLimits()
}
