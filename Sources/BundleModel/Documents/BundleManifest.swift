/// `bundle.yaml`: what a bundle is and whose it is.
public struct BundleManifest: Hashable, Sendable {
    /// The workspace that owns the bundle.
    public let workspace: WorkspaceID
    /// The bundle's id.
    public let bundle: BundleID
    /// What the bundle is for.
    public let description: String?
    /// The language of its prompts, a tag of BCP 47 such as `en` or `ja`.
    public let language: String?
    /// The profile that a worker gets when none is named.
    public let defaultProfile: Located<ProfileID>?
    /// Labels for people and inventories.
    public let labels: [String: String]

    /// The schema that the document names.
    public var schema: String { DocumentSchema.bundle.identifier }

    /// Reads a manifest, reporting everything that is wrong; nil when an id is missing or wrong.
    package init?(yaml node: YamlNode, log: FindingLog) {
        guard
            let reader = MappingReader(
                document: node, schema: .bundle,
                keys: [
                    "workspace", "bundle", "description", "language", "defaultProfile", "labels",
                ], log: log)
        else { return nil }
        let workspace = reader.required("workspace")?.value
            .id(for: "workspace", as: WorkspaceID.self, log: log)
        let bundle = reader.required("bundle")?.value
            .id(for: "bundle", as: BundleID.self, log: log)
        description = reader.text("description")?.value
        language = Self.language(reader)
        defaultProfile = reader.entry("defaultProfile")?.value
            .id(for: "defaultProfile", as: ProfileID.self, log: log)
        labels = Self.labels(reader)
        guard let workspace, let bundle else { return nil }
        self.workspace = workspace.value
        self.bundle = bundle.value
    }

    private static func language(_ reader: MappingReader) -> String? {
        guard let text = reader.entry("language")?.value.text(for: "language", log: reader.log)
        else { return nil }
        let parts = text.value.utf8.split(separator: 0x2D, omittingEmptySubsequences: false)
        let isTag = parts.enumerated().allSatisfy { index, part in
            (index == 0 ? 2...8 : 1...8).contains(part.count)
                && part.allSatisfy { byte in
                    (byte >= 0x41 && byte <= 0x5A) || (byte >= 0x61 && byte <= 0x7A)
                        || (index > 0 && byte >= 0x30 && byte <= 0x39)
                }
        }
        if isTag { return text.value }
        reader.log.malformed(
            "invalid-language", at: text.mark,
            "'\(DisplayText.excerpt(text.value))' is not a language tag",
            hint: "write a tag of BCP 47: en, ja, pt-BR")
        return nil
    }

    private static func labels(_ reader: MappingReader) -> [String: String] {
        let log = reader.log
        return reader.map("labels", keys: { EntryName.label($0, log: log) }) {
            $0.text(for: "labels", log: log, allowsEmpty: true)?.value
        }.reduce(into: [:]) { labels, label in
            if let value = label.value.value {
                labels[label.key] = value
            } else {
                log.malformed(
                    "wrong-type", at: label.value.mark,
                    "the label \(KeyText.shown(label.key)) must be a text, but nothing was found",
                    hint: "write a value; a bundle's labels have nothing to remove")
            }
        }
    }
}
