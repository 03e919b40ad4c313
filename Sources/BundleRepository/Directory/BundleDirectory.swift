public import BundleModel
internal import Foundation
internal import LibGit2

/// A directory of a bundle, read, hashed and checked: what `check`, `digest` and `publish` see.
public struct BundleDirectory: Sendable {
    /// The path as it was given.
    public let path: String
    /// The digest of the contents; nil when something in the directory cannot be part of a bundle,
    /// or is over a limit and was not read.
    public let digest: BundleDigest?
    /// Everything that is wrong, in file and line order.
    public let findings: [Finding]
    /// The documents; nil when findings prevent it.
    public let documents: BundleDocuments?
    /// What is left out, and why.
    public let leftOut: [LeftOutFile]
    /// Remarks that are no findings, such as an execute bit that is ignored.
    public let notes: [String]
    /// The number of files.
    public let fileCount: Int
    /// The bytes in all files together.
    public let byteCount: Int
    let files: [ScannedFile]
    let checkout: Checkout?

    /// Reads a directory.
    ///
    /// Throws `not_found` when it is not there, `io_error` when it cannot be read. What is wrong
    /// inside it is in ``findings``.
    public static func read(
        _ path: String, limits: ContentLimits = .standard, deadline: Duration = .seconds(60)
    ) async throws(SheafError) -> BundleDirectory {
        try await read(path, limits: limits, git: GitProgram(deadline: deadline), memory: nil)
    }

    static func read(
        _ path: String, limits: ContentLimits, git: GitProgram, memory: DocumentMemory?
    ) async throws(SheafError) -> BundleDirectory {
        var listing = try await BlockingWork.run { () throws(SheafError) in
            try DirectoryListing(root: path, limits: limits)
        }
        let checkout = try await Checkout.find(path, git: git)
        let ignored = try await IgnoreRules(git: git).ignored(
            in: path, checkout: checkout, hasIgnoreFile: listing.hasIgnoreFile)
        listing.remove(ignored: ignored)
        let scan = DirectoryScan(root: path, limits: limits, memory: memory)
        let scanned = try await scan.run(Array(listing.files.prefix(limits.files + 1)))
        return try BundleDirectory(path, listing, scanned, checkout, limits)
    }

    private init(
        _ path: String, _ listing: DirectoryListing, _ scanned: [DirectoryScan.Scanned],
        _ checkout: Checkout?, _ limits: ContentLimits
    ) throws(SheafError) {
        var files = scanned.map(\.file)
        let isWhole =
            listing.files.count <= limits.files && listing.others.isEmpty
            && scanned.allSatisfy(\.isRead)
        var parsed: [BundlePath: ParsedDocument] = [:]
        for one in scanned {
            if let path = one.file.path, let document = one.document { parsed[path] = document }
        }
        notes = listing.files.filter(\.isExecutable).map {
            "\(Self.show(Self.normalised($0.joined))): the execute bit is not kept"
        }
        files.sort { $0.name.lexicographicallyPrecedes($1.name) }
        let checked = try Self.check(files, listing.others, limits, parsed, path)
        self.path = path
        self.files = files
        self.checkout = checkout
        findings = checked.findings
        documents = findings.isEmpty ? checked.documents : nil
        leftOut = listing.leftOut.sorted()
        fileCount = files.count
        byteCount = files.reduce(0) { $0 + $1.size }
        digest = isWhole ? Self.digest(files) : nil
    }

    private static func check(
        _ files: [ScannedFile], _ others: [RawEntry], _ limits: ContentLimits,
        _ parsed: [BundlePath: ParsedDocument], _ root: String
    ) throws(SheafError) -> BundleCheckResult {
        var listing = RawListing(isOrdered: false, limits: limits)
        for other in others {
            listing.add(RawEntry(path: normalised(other.path), kind: other.kind))
        }
        for file in files { listing.add(RawEntry(path: file.name, size: file.size)) }
        var places: [[UInt8]: Int] = [:]
        for (index, file) in files.enumerated() { places[file.name] = index }
        let reader = DirectoryFileReader(root: root)
        return try BundleContentsCheck.run(listing, limits: limits) {
            (path, _) throws(SheafError) in
            if let known = parsed[path] { return known }
            guard let index = places[Array(path.text.utf8)] else {
                throw SheafError(.ioError, "'\(path)' is not there any more")
            }
            return ParsedDocument(
                path: path, bytes: try reader.contents(of: files[index], limits), limits: limits)
        }
    }

    /// Throws the findings as one error, if there are any.
    public func requireValid() throws(SheafError) {
        if let error = SheafError(findings: findings, in: "the bundle in '\(path)'") { throw error }
    }

    private static func digest(_ files: [ScannedFile]) -> BundleDigest? {
        var entries: [(path: BundlePath, value: SHA256Value)] = []
        entries.reserveCapacity(files.count)
        for file in files {
            guard let path = file.path else { return nil }
            entries.append((path, file.value))
        }
        return BundleDigest(files: entries)
    }

    static func normalised(_ name: [UInt8]) -> [UInt8] {
        if name.allSatisfy({ $0 < 0x80 }) { return name }
        guard let text = String(validating: name, as: UTF8.self) else { return name }
        return Array(text.precomposedStringWithCanonicalMapping.utf8)
    }

    private static func show(_ name: [UInt8]) -> String {
        DisplayText.escape(String(decoding: name, as: UTF8.self))
    }
}
