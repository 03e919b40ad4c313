/// What a publish did.
public struct PublishResult: Sendable {
    /// The revision that has these contents.
    public let revision: Revision
    /// Whether it is a new one; false when the newest revision had the same contents.
    public let isNew: Bool
    /// The release that was made; nil when none was asked for or needed.
    public let release: Release?
    /// What the directory holds that is not part of the bundle.
    public let leftOut: [LeftOutFile]
    /// Remarks, such as an execute bit that is not kept.
    public let notes: [String]
}
