/// The files of a bundle by name and size, checked against the rules for paths, places and limits.
struct BundleListing {
    /// Files whose path and place are in order, in the order of their paths.
    private(set) var files: [(entry: BundleEntry, kind: BundleFileKind)] = []
    /// The names of documents, also of those that are too large to be read.
    private(set) var names = DocumentNames()
    /// Every valid path, also of files in a wrong place.
    private(set) var paths: Set<BundlePath> = []
    /// What is wrong.
    private(set) var findings: [Finding] = []
    /// Whether the contents may be read: false when there are too many files or bytes.
    private(set) var isReadable = true

    init(entries: [(name: [UInt8], size: Int)], limits: ContentLimits) {
        checkTotals(entries, limits)
        var collisions = CollisionCheck()
        // Sorted, so that of two colliding names it is always the same one that is reported.
        for (name, size) in entries.sorted(by: { $0.name.lexicographicallyPrecedes($1.name) }) {
            guard let path = path(of: name) else { continue }
            if let finding = collisions.add(path) {
                findings.append(finding)
                continue
            }
            paths.insert(path)
            add(BundleEntry(path: path, size: size), limits)
        }
        if !paths.contains(where: { $0.text == "bundle.yaml" }) {
            findings.append(
                Finding(
                    code: .malformedBundle, rule: "manifest-missing", path: "bundle.yaml",
                    message: "the bundle has no bundle.yaml",
                    hint: "add bundle.yaml with schema, workspace and bundle"))
        }
    }

    private mutating func checkTotals(
        _ entries: [(name: [UInt8], size: Int)], _ limits: ContentLimits
    ) {
        if entries.count > limits.files {
            findings.append(
                Finding(
                    code: .limitExceeded, rule: "too-many-files",
                    message: "the bundle has \(entries.count) files; at most \(limits.files) are "
                        + "supported",
                    hint: "leave out what no profile refers to"))
            isReadable = false
        }
        var bytes = 0
        for entry in entries {
            let (sum, overflow) = bytes.addingReportingOverflow(max(0, entry.size))
            bytes = overflow ? Int.max : sum
        }
        if bytes > limits.bundleBytes {
            findings.append(
                Finding(
                    code: .limitExceeded, rule: "bundle-too-large",
                    message: "the bundle has \(bytes) bytes; at most \(limits.bundleBytes) are "
                        + "supported",
                    hint: "leave out what no profile refers to"))
            isReadable = false
        }
    }

    private mutating func path(of name: [UInt8]) -> BundlePath? {
        guard let text = String(validating: name, as: UTF8.self) else {
            findings.append(
                PathProblem(
                    "path-not-utf8", "is not valid UTF-8",
                    path: String(decoding: name, as: UTF8.self)
                ).finding)
            return nil
        }
        do {
            return try BundlePath(text)
        } catch {
            findings.append(error.finding)
            return nil
        }
    }

    private mutating func add(_ entry: BundleEntry, _ limits: ContentLimits) {
        let kind: BundleFileKind
        do {
            kind = try BundleFileKind(entry.path)
        } catch {
            findings.append(error.finding)
            return
        }
        names.insert(kind)
        if entry.size > limits.fileBytes {
            tooLarge(entry, "file-too-large", "file", limits.fileBytes)
        } else if kind.isDocument, entry.size > limits.documentBytes {
            tooLarge(entry, "document-too-large", "document", limits.documentBytes)
        } else {
            files.append((entry, kind))
        }
    }

    private mutating func tooLarge(
        _ entry: BundleEntry, _ rule: String, _ noun: String, _ limit: Int
    ) {
        findings.append(
            Finding(
                code: .limitExceeded, rule: rule, path: entry.path.text,
                message: "the \(noun) has \(entry.size) bytes; at most \(limit) are supported",
                hint: "split it, or leave it out"))
    }
}
