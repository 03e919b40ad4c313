/// `policies/<name>.yaml`: something of the host that a profile asks for, by name.
///
/// A bundle can only ask. What the name stands for, and who gets it, is the host policy's to say.
public struct Declaration: Hashable, Sendable {
    /// How the granted thing reaches the worker.
    public enum Exposure: Hashable, Sendable {
        /// As an environment variable.
        case env(String)
        /// At a path inside the worker's own directory.
        case at(BundlePath)
    }

    /// What a worker may do with a mount.
    public enum Access: String, CaseIterable, Hashable, Sendable, Codable {
        /// Read only.
        case read
        /// Read and write.
        case write
    }

    /// The file's name without its extension.
    public let name: DeclarationName
    /// What is asked for.
    public let kind: DeclarationKind
    /// Its name for the host.
    public let ref: DeclarationReference
    /// Whether a worker cannot start without it; true unless the file says otherwise.
    public let required: Bool
    /// What it is used for, for the people who grant it.
    public let purpose: String?
    /// How it reaches the worker.
    public let expose: Exposure?
    /// For a mount: the access asked for; `read` unless the file says otherwise.
    public let access: Access?
    /// Where the reference stands in the file.
    public let mark: SourceMark

    /// Reads a declaration, reporting everything that is wrong; nil when kind or reference is.
    package init?(yaml node: YamlNode, name: DeclarationName, log: FindingLog) {
        guard
            let reader = MappingReader(
                document: node, schema: .declaration,
                keys: ["kind", "ref", "required", "purpose", "expose", "access"], log: log)
        else { return nil }
        self.name = name
        let kind = reader.required("kind")?.value
            .word(for: "kind", as: DeclarationKind.self, log: log)
        let ref = reader.required("ref")
            .flatMap { ReferenceReader.hostReference($0.value, for: "ref", kind: kind, log: log) }
        required = reader.boolean("required") ?? true
        purpose = reader.text("purpose")?.value
        expose = Self.exposure(reader, kind: kind)
        access = Self.access(reader, kind: kind)
        guard let kind, let ref else { return nil }
        self.kind = kind
        self.ref = ref.value
        mark = ref.mark
    }

    private static func access(_ reader: MappingReader, kind: DeclarationKind?) -> Access? {
        guard let entry = reader.entry("access") else { return kind == .mountGrant ? .read : nil }
        if let kind, kind != .mountGrant {
            unsupported("access", entry, kind, reader.log)
            return nil
        }
        return entry.value.word(for: "access", as: Access.self, log: reader.log)
    }

    private static func exposure(_ reader: MappingReader, kind: DeclarationKind?) -> Exposure? {
        let log = reader.log
        guard let entry = reader.entry("expose") else { return nil }
        let keys: [String]
        switch kind {
        case .secretRef: keys = ["env"]
        case .mountGrant: keys = ["at"]
        case nil: keys = ["env", "at"]
        case let kind?:
            unsupported("expose", entry, kind, log)
            return nil
        }
        guard let map = MappingReader(entry.value, keys: keys, of: "'expose'", log: log) else {
            return nil
        }
        if let name = map.entry("env") {
            return name.value.text(for: "env", log: log)
                .flatMap { EnvironmentName.read($0, log: log) }.map(Exposure.env)
        }
        if let path = map.entry("at") {
            return ReferenceReader.path(path.value, for: "at", log: log).map { .at($0.value) }
        }
        _ = keys.first.flatMap { map.required($0) }
        return nil
    }

    private static func unsupported(
        _ key: String, _ entry: YamlNode.Entry, _ kind: DeclarationKind, _ log: FindingLog
    ) {
        log.unsupported(
            "unknown-key", at: entry.keyMark, "'\(key)' is not supported for \(kind.rawValue)",
            hint: "remove it; a secret_ref has expose.env, a mount_grant expose.at and access")
    }
}
