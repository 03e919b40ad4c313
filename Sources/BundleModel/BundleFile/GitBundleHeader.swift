/// The header of a Git bundle file of version 2: what the file builds on, and what it offers.
///
/// The commits are what the file claims; nothing is known about them until its pack was read.
/// Version 3, whose capabilities change how the rest is read, is refused.
///
/// Source: gitformat-bundle(5).
///
/// ```
/// # v2 git bundle
/// -<40 hex digits> <first line of that commit's message>     any number of prerequisites
/// <40 hex digits> <name>                                     any number of references
///                                                            an empty line, then the pack
/// ```
public struct GitBundleHeader: Hashable, Sendable {
    /// What whoever reads the pack must have already.
    public let prerequisites: [Prerequisite]
    /// What the file offers; names are unique, also when Unicode has several ways to write them.
    public let references: [Reference]

    /// Prerequisites and references together that a header may have.
    public static let maximumLines = 1024
    /// Bytes of one line without its end: a whole commit message in one line still fits.
    public static let maximumLineBytes = (64 << 10) + 64
    /// Bytes of the whole header: nobody needs to read more of a file before parsing.
    public static let maximumBytes = 1 << 20

    static let signature = "# v2 git bundle"

    /// Creates a header; nil when two references have the same name, and over the limits.
    public init?(prerequisites: [Prerequisite], references: [Reference]) {
        guard Set(references.map(\.name)).count == references.count,
            prerequisites.count + references.count <= Self.maximumLines
        else { return nil }
        self.prerequisites = prerequisites
        self.references = references
        if byteCount > Self.maximumBytes { return nil }
    }

    /// Reads a header from the first bytes of a file; what follows it is not looked at.
    ///
    /// The error says in which line and at which byte; `isUnfinished` asks for more bytes, up to
    /// ``maximumBytes``.
    public init(_ bytes: [UInt8]) throws(GitBundleHeaderError) {
        var lines = GitBundleHeaderLines(bytes)
        try lines.readSignature()
        var prerequisites: [Prerequisite] = []
        var references: [Reference] = []
        var names: Set<String> = []
        while let line = try lines.next() {
            guard prerequisites.count + references.count < Self.maximumLines else {
                throw lines.error(.tooManyLines)
            }
            switch line.first {
            case UInt8(ascii: "-"):
                guard references.isEmpty else { throw lines.error(.prerequisiteBehindReference) }
                prerequisites.append(try Prerequisite(line.dropFirst(), in: lines))
            case UInt8(ascii: "@"):
                throw lines.error(.capability)
            default:
                let reference = try Reference(line, in: lines)
                guard names.insert(reference.name).inserted else {
                    throw lines.error(.repeatedReference)
                }
                references.append(reference)
            }
        }
        self.prerequisites = prerequisites
        self.references = references
    }

    /// The bytes of the header with the empty line at its end; the pack follows.
    public func encode() -> [UInt8] {
        var bytes = Array(Self.signature.utf8)
        bytes.append(0x0A)
        for prerequisite in prerequisites {
            bytes.append(UInt8(ascii: "-"))
            bytes += prerequisite.commit.hex.utf8
            if let comment = prerequisite.comment { bytes += [0x20] + comment }
            bytes.append(0x0A)
        }
        for reference in references {
            bytes += "\(reference.commit) \(reference.name)\n".utf8
        }
        bytes.append(0x0A)
        return bytes
    }

    /// The bytes of the header: where the pack begins.
    public var byteCount: Int {
        let prerequisiteBytes = prerequisites.reduce(0) {
            $0 + 42 + ($1.comment.map { $0.count + 1 } ?? 0)
        }
        let referenceBytes = references.reduce(0) { $0 + 42 + $1.name.utf8.count }
        return Self.signature.utf8.count + 2 + prerequisiteBytes + referenceBytes
    }
}
