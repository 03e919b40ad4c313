/// `plugins/<name>.yaml`: which plugin a profile needs, by version and digest; never its bytes.
public struct PluginDescriptor: Hashable, Sendable {
    /// The file's name without its extension, which is the plugin's id too.
    public let name: PluginName
    /// What the plugin does.
    public let description: String?
    /// The version.
    public let version: String
    /// Where a host finds the package, e.g. `pkg:npm/%40acme/tickets@1.4.0`.
    public let package: String
    /// The SHA-256 of the package.
    public let sha256: SHA256Value
    /// Declarations that the plugin itself needs.
    public let grants: [Located<DeclarationName>]

    /// Reads a descriptor, reporting everything that is wrong; nil when a needed part is.
    package init?(yaml node: YamlNode, name: PluginName, log: FindingLog) {
        guard
            let reader = MappingReader(
                document: node, schema: .plugin,
                keys: ["id", "version", "package", "sha256", "description", "grants"], log: log)
        else { return nil }
        self.name = name
        description = reader.text("description")?.value
        grants =
            reader.list("grants") {
                $0.id(for: "grants", as: DeclarationName.self, log: log)
            }?.value ?? []
        Self.checkID(reader, name: name)
        let version = reader.requiredText("version").flatMap { Self.version($0, log) }
        let package = reader.requiredText("package").flatMap { Self.package($0, log) }
        let sha256 = reader.requiredText("sha256").flatMap { Self.sha256($0, log) }
        guard let version, let package, let sha256 else { return nil }
        self.version = version
        self.package = package
        self.sha256 = sha256
    }

    /// The plugin's id.
    public var id: PluginName { name }

    private static func checkID(_ reader: MappingReader, name: PluginName) {
        guard
            let id = reader.required("id", hint: "add 'id: \(name)'")?.value
                .id(for: "id", as: PluginName.self, log: reader.log), id.value != name
        else { return }
        reader.log.malformed(
            "id-differs-from-file", at: id.mark,
            "the id is '\(id.value)', but the file is named '\(name).yaml'",
            hint: "give the file and the id the same name")
    }

    private static func version(_ text: Located<String>, _ log: FindingLog) -> String? {
        let isVersion =
            text.value.utf8.count <= 64
            && text.value.utf8.allSatisfy {
                ($0 >= 0x30 && $0 <= 0x39) || ($0 >= 0x41 && $0 <= 0x5A)
                    || ($0 >= 0x61 && $0 <= 0x7A) || $0 == 0x2E || $0 == 0x2B || $0 == 0x2D
                    || $0 == 0x5F
            }
        if isVersion { return text.value }
        log.malformed(
            "invalid-version", at: text.mark,
            "'\(DisplayText.excerpt(text.value))' is not a version",
            hint: "write one exact version, e.g. 1.4.0")
        return nil
    }

    private static func package(_ text: Located<String>, _ log: FindingLog) -> String? {
        let scheme = text.value.utf8.prefix { $0 != 0x3A }
        let rest = text.value.utf8.dropFirst(scheme.count + 1)
        let isReference =
            text.value.utf8.count <= 512 && scheme.count > 1 && !rest.isEmpty
            && scheme.allSatisfy {
                ($0 >= 0x61 && $0 <= 0x7A) || ($0 >= 0x30 && $0 <= 0x39) || $0 == 0x2B
                    || $0 == 0x2D || $0 == 0x2E
            }
            && text.value.unicodeScalars.allSatisfy { $0.value > 0x20 && $0.value < 0x7F }
        let isLocal = ["file", "unix", "npipe"].contains { text.value.hasPrefix("\($0):") }
        if isReference, !isLocal { return text.value }
        log.malformed(
            "invalid-package", at: text.mark,
            "'\(DisplayText.excerpt(text.value))' is not the reference of a package",
            hint: "write a package URL, e.g. pkg:npm/%40acme/tickets@1.4.0 or pkg:oci/tickets")
        return nil
    }

    private static func sha256(_ text: Located<String>, _ log: FindingLog) -> SHA256Value? {
        let digits = text.value.hasPrefix("sha256:") ? text.value.dropFirst(7) : text.value[...]
        if let value = SHA256Value(hex: digits) { return value }
        log.malformed(
            "invalid-sha256", at: text.mark, "'sha256' is not 64 lowercase hex digits",
            hint: "write what 'sha256sum <package>' prints")
        return nil
    }
}
