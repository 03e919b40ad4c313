internal import BundleModel

/// The files of a directory, parsed while their bytes are at hand.
struct ParsedFiles {
    let limits: ContentLimits
    let memory: DocumentMemory?
    private(set) var documents: [BundlePath: ParsedDocument] = [:]
    private var findings = 0

    init(limits: ContentLimits, memory: DocumentMemory?) {
        self.limits = limits
        self.memory = memory
    }

    /// Parses one file, unless so much was found already that the check will not ask for it.
    mutating func add(_ file: ScannedFile, _ bytes: [UInt8]) throws(SheafError) {
        guard let path = file.path, findings < BundleCheck.maximumFindings else { return }
        let document = try DocumentMemory.document(path, file.blob, limits, in: memory) {
            () throws(SheafError) in bytes
        }
        findings += document.findings.count
        documents[path] = document
    }
}
