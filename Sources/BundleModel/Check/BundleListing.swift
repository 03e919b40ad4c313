/// The files of a bundle by name and size, checked against the rules for places and documents.
struct BundleListing {
    /// Files whose path and place are in order, in the order of their paths.
    private(set) var files: [(path: BundlePath, kind: BundleFileKind, index: Int)] = []
    /// The names of documents, also of those that are too large to be read.
    private(set) var names = DocumentNames()
    /// Every valid path, also of files in a wrong place.
    private(set) var paths: Set<BundlePath> = []
    /// What is wrong.
    private(set) var findings: [Finding] = []
    /// Whether the contents may be read: false when there are too many files or bytes.
    private(set) var isReadable = true

    init(_ checked: EntryCheck, limits: ContentLimits) {
        findings = checked.findings
        isReadable = checked.isReadable
        files.reserveCapacity(checked.files.count)
        paths.reserveCapacity(checked.files.count)
        for file in checked.files {
            paths.insert(file.path)
            add(file, limits)
        }
        if checked.isWhole, !paths.contains(where: { $0.text == "bundle.yaml" }) {
            findings.append(
                Finding(
                    code: .malformedBundle, rule: "manifest-missing", path: "bundle.yaml",
                    message: "the bundle has no bundle.yaml",
                    hint: "add bundle.yaml with schema, workspace and bundle"))
        }
    }

    private mutating func add(_ file: EntryCheck.File, _ limits: ContentLimits) {
        let kind: BundleFileKind
        do {
            kind = try BundleFileKind(file.path)
        } catch {
            findings.append(error.finding)
            return
        }
        names.insert(kind)
        guard file.isReadable else { return }
        if kind.isDocument, file.size > limits.documentBytes {
            findings.append(
                Finding(
                    code: .limitExceeded, rule: "document-too-large", path: file.path.text,
                    message: "the document has \(file.size) bytes; at most "
                        + "\(limits.documentBytes) are supported",
                    hint: "split it, or leave it out"))
        } else {
            files.append((file.path, kind, file.index))
        }
    }
}
