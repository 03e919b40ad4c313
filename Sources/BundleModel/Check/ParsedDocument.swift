/// One file of a bundle, read by itself: what depends on nothing but its path and its bytes.
///
/// The same path and bytes always give the same result, so a caller may keep results by Git blob
/// id and path and check a new revision without reading what did not change.
public struct ParsedDocument: Hashable, Sendable {
    indirect enum Content: Hashable, Sendable {
        case manifest(BundleManifest)
        case profile(ProfileDocument)
        case tool(ToolDocument)
        case model(ModelDocument)
        case plugin(PluginDescriptor)
        case declaration(Declaration)
        case workflow(WorkflowDocument)
        /// Text or data; or a document that could not be read.
        case other
    }

    /// The path inside the bundle.
    public let path: BundlePath
    /// What is wrong with the file itself.
    public let findings: [Finding]
    let content: Content

    /// Reads a file, and scans it for what the boundary refuses.
    public init(path: BundlePath, bytes: [UInt8], limits: ContentLimits = .standard) {
        self.init(path: path, bytes: bytes, limits: limits, isScanned: false)
    }

    /// Reads a file.
    ///
    /// - Parameter isScanned: whether the same bytes were scanned under the same path and rules
    ///   before, and found in order.
    package init(path: BundlePath, bytes: [UInt8], limits: ContentLimits, isScanned: Bool) {
        self.path = path
        let log = FindingLog(path: path.text)
        if let kind = try? BundleFileKind(path) {
            content = Self.read(kind, bytes, limits, log) ?? .other
        } else {
            content = .other
        }
        let scanned = isScanned ? [] : BoundaryScan.findings(in: bytes, path: path.text)
        findings = Self.joined(log.findings, scanned)
    }

    /// What the schema refuses as a literal is said once: by the schema, which knows what belongs
    /// there.
    private static func joined(_ structure: [Finding], _ scanned: [Finding]) -> [Finding] {
        if scanned.isEmpty { return structure }
        let refused = Set(structure.lazy.filter { $0.code == .forbiddenContent }.map(\.line))
        return structure + scanned.filter { $0.line == nil || !refused.contains($0.line) }
    }

    init(path: BundlePath, findings: [Finding], content: Content) {
        self.path = path
        self.findings = findings
        self.content = content
    }

    /// What bundle.yaml says, when the file is that and could be read.
    package var manifest: BundleManifest? {
        if case .manifest(let manifest) = content { manifest } else { nil }
    }

    private static func read(
        _ kind: BundleFileKind, _ bytes: [UInt8], _ limits: ContentLimits, _ log: FindingLog
    ) -> Content? {
        switch kind {
        case .asset: return nil
        case .text:
            TextCheck.run(bytes, log: log)
            return nil
        default: break
        }
        guard let root = YamlDocument.read(bytes, limits: limits, log: log) else { return nil }
        return switch kind {
        case .manifest: BundleManifest(yaml: root, log: log).map(Content.manifest)
        case .profile(let name):
            ProfileDocument(yaml: root, name: name, log: log).map(Content.profile)
        case .tool(let name): ToolDocument(yaml: root, name: name, log: log).map(Content.tool)
        case .model(let name): ModelDocument(yaml: root, name: name, log: log).map(Content.model)
        case .plugin(let name):
            PluginDescriptor(yaml: root, name: name, log: log).map(Content.plugin)
        case .declaration(let name):
            Declaration(yaml: root, name: name, log: log).map(Content.declaration)
        case .workflow: WorkflowDocument(yaml: root, log: log).map(Content.workflow)
        case .text, .asset: nil
        }
    }
}
