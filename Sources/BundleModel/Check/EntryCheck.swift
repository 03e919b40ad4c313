/// The one judge of what lies below the root of a bundle: kinds, names, depth, duplicates, order,
/// collisions and sizes, with the same rule and code at every door.
package struct EntryCheck {
    /// A file whose name is in order.
    package struct File {
        /// The path.
        package let path: BundlePath
        /// The size in bytes.
        package let size: Int
        /// The place among the raw entries.
        package let index: Int
        /// Whether it is within the limit of one file and may be read.
        package let isReadable: Bool
    }

    /// The files in order, by the bytes of their paths.
    package private(set) var files: [File] = []
    /// What is wrong.
    package private(set) var findings: [Finding] = []
    /// Whether the contents may be read: false when there are too many files or bytes.
    package private(set) var isReadable = true
    /// Whether everything was listed.
    package let isWhole: Bool

    private var collisions = CollisionCheck()
    private var directories: Set<[UInt8]> = []
    private var refusedDirectories: Set<ArraySlice<UInt8>> = []

    /// Judges a listing.
    package init(_ listing: RawListing, limits: ContentLimits) {
        isWhole = !listing.isCut
        files.reserveCapacity(listing.entries.count)
        collisions.expect(listing.entries.count)
        checkTotals(listing.entries, limits)
        if listing.isOrdered { findings += EntryOrder.check(listing.entries) }
        // Sorted, so that of two colliding names it is always the same one that is reported.
        let sorted = listing.entries.indices.sorted {
            let (left, right) = (listing.entries[$0].path, listing.entries[$1].path)
            return left == right ? $0 < $1 : left.lexicographicallyPrecedes(right)
        }
        for index in sorted where findings.count < BundleCheck.maximumFindings {
            judge(listing.entries[index], at: index, limits)
        }
    }

    /// Throws the findings as one error, if there are any.
    package func requireValid(_ subject: String) throws(SheafError) {
        if let error = SheafError(findings: findings, in: subject) { throw error }
    }

    private mutating func checkTotals(_ entries: [RawEntry], _ limits: ContentLimits) {
        var count = 0
        var bytes = 0
        for entry in entries where entry.kind == .file {
            count += 1
            let (sum, overflow) = bytes.addingReportingOverflow(max(0, entry.size))
            bytes = overflow ? Int.max : sum
        }
        if count > limits.files {
            refuse(
                .limitExceeded, "too-many-files", nil,
                "the bundle has more than \(limits.files) files",
                "leave out what no profile refers to")
            isReadable = false
        }
        if bytes > limits.bundleBytes {
            refuse(
                .limitExceeded, "bundle-too-large", nil,
                "the bundle has \(bytes) bytes; at most \(limits.bundleBytes) are supported",
                "leave out what no profile refers to")
            isReadable = false
        }
    }

    private mutating func judge(_ entry: RawEntry, at index: Int, _ limits: ContentLimits) {
        let path = path(of: entry)
        if let finding = EntryKindRule.finding(for: entry, limits: limits) {
            findings.append(finding)
        }
        if entry.kind == .directory, !directories.insert(entry.path).inserted, path != nil {
            refuse(
                .malformedBundle, "path-collision", entry.path, "the directory occurs twice",
                "write the tree with Git")
        }
        guard entry.kind == .file, let path else { return }
        if let finding = collisions.add(path) {
            findings.append(finding)
            return
        }
        let isReadable = entry.size <= limits.fileBytes
        if !isReadable {
            refuse(
                .limitExceeded, "file-too-large", entry.path,
                "the file has \(entry.size) bytes; at most \(limits.fileBytes) are supported",
                "split it, or leave it out")
        }
        files.append(File(path: path, size: entry.size, index: index, isReadable: isReadable))
    }

    /// The path of an entry; nil with a finding when it cannot be one.
    private mutating func path(of entry: RawEntry) -> BundlePath? {
        // The root of a tree that is empty or cannot be read.
        if entry.path.isEmpty, entry.kind != .file { return nil }
        if entry.name.contains(0x2F) {
            refuse(
                .malformedBundle, "tree-name", entry.path,
                "an entry of a tree has '/' in its name", "write the tree with Git")
            return nil
        }
        do throws(PathProblem) {
            return try Self.path(entry.path[...])
        } catch {
            reportOnce(error, entry)
            return nil
        }
    }

    /// Reports what is wrong with a path where it begins: a directory once, not each file in it.
    private mutating func reportOnce(_ problem: PathProblem, _ entry: RawEntry) {
        let slashes = entry.path.indices.dropFirst().filter { entry.path[$0] == 0x2F }
        for slash in slashes {
            let directory = entry.path[..<slash]
            if refusedDirectories.contains(directory) { return }
            do throws(PathProblem) {
                _ = try Self.path(directory)
            } catch {
                refusedDirectories.insert(directory)
                findings.append(error.finding)
                return
            }
        }
        if entry.kind == .directory { refusedDirectories.insert(entry.path[...]) }
        findings.append(problem.finding)
    }

    private static func path(_ bytes: ArraySlice<UInt8>) throws(PathProblem) -> BundlePath {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw PathProblem(
                "path-not-utf8", "is not valid UTF-8", path: String(decoding: bytes, as: UTF8.self))
        }
        return try BundlePath(text)
    }

    private mutating func refuse(
        _ code: SheafError.Code, _ rule: String, _ path: [UInt8]?, _ message: String,
        _ hint: String
    ) {
        findings.append(
            Finding(
                code: code, rule: rule, path: path.map(Self.shown), message: message,
                hint: hint))
    }

    /// A path for a finding; the root is a dot. A name from a hostile tree can be of any length.
    package static func shown(_ path: some Collection<UInt8>) -> String {
        guard !path.isEmpty else { return "." }
        // A token that is cut is not known for one any more, so it is masked before.
        let text = DisplayText.masked(String(decoding: path, as: UTF8.self))
        return String(text.unicodeScalars.prefix(PathProblem.shownLength))
    }
}
