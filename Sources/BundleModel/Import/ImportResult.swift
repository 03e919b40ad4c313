/// A bundle made of other files, and what could not be carried over.
public struct ImportResult: Sendable {
    /// The files of the bundle, sorted by path; the same input always gives the same bytes.
    public let files: [(path: BundlePath, bytes: [UInt8])]
    /// Everything worth knowing, in file and line order.
    public let notes: [ImportNote]
    /// The profiles, sorted.
    public let profiles: [ProfileID]

    /// The notes about what is not in the bundle.
    public var unmapped: [ImportNote] { notes.filter { $0.kind == .leftOut } }
}
