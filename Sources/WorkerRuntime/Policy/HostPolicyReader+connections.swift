internal import BundleModel

/// How the repository of a workspace is reached: `credential`, `tls`, `proxy`, `knownHosts`.
///
/// What would do nothing for the repository's scheme is a finding, not passed over: whoever wrote it
/// believes that it protects something.
extension HostPolicyReader {
    private enum Helper: String, CaseIterable {
        case git
    }

    // MARK: Credentials

    /// - Parameter place: the repository; nil when it is wrong itself.
    func credential(
        _ reader: MappingReader, for place: RepositoryLocation?
    ) -> WorkspaceCredential? {
        guard let entry = reader.entry("credential"),
            let reader = MappingReader(
                entry.value, keys: ["file", "env", "helper", "user", "kind"], of: "'credential'",
                log: log)
        else { return nil }
        let source = credentialSource(reader)
        let kind = reader.entry("kind").flatMap {
            $0.value.word(for: "kind", as: WorkspaceCredential.Kind.self, log: log)
        }
        let user = reader.text("user").flatMap(userName)
        guard let source else { return nil }
        if let place, !fits(source, place, reader, at: entry.keyMark) { return nil }
        if kind == .bearer || source == .gitHelper, let other = reader.entry("user") {
            log.malformed(
                "unused-key", at: other.keyMark, "'user' has no meaning beside this credential",
                hint: "leave it out")
        }
        return WorkspaceCredential(
            source: source, kind: kind ?? .basic, user: user ?? WorkspaceCredential.defaultUser)
    }

    private func credentialSource(_ reader: MappingReader) -> WorkspaceCredential.Source? {
        guard let entry = reader.entry("helper") else {
            return switch source(reader, of: "'credential'") {
            case .file(let path): .file(path)
            case .environment(let name): .environment(name)
            case nil: nil
            }
        }
        for key in ["file", "env", "kind"] {
            guard let other = reader.entry(key) else { continue }
            log.malformed(
                "two-sources", at: other.keyMark, "'credential' names a helper and '\(key)'",
                hint: "keep one of them")
            return nil
        }
        let helper = entry.value.word(for: "helper", as: Helper.self, log: log)
        return helper == .git ? .gitHelper : nil
    }

    private func fits(
        _ source: WorkspaceCredential.Source, _ place: RepositoryLocation,
        _ reader: MappingReader, at mark: SourceMark
    ) -> Bool {
        switch place.scheme {
        case .https: return true
        case .http where place.isLoopback: return true
        case .http:
            log.malformed(
                "credential-in-clear", at: mark,
                "the credential would be readable on the way to the repository",
                hint: "use https:// in 'repository', or leave 'credential' out")
        case .ssh:
            if case .file = source, reader.entry("kind") == nil, reader.entry("user") == nil {
                return true
            }
            log.malformed(
                "credential-not-for-ssh", at: mark,
                "SSH takes the file of a private key as its credential, and nothing else",
                hint:
                    "write 'credential: { file: /path/of/the/key }', or leave it out for an agent "
                    + "or SSH's own configuration")
        case .git, .file:
            log.malformed(
                "unused-credential", at: mark, "such a repository takes no credential",
                hint: "leave 'credential' out, or use https:// or ssh:// in 'repository'")
        }
        return false
    }

    /// A name that stands in HTTP's Basic scheme before the first colon.
    private func userName(_ text: Located<String>) -> String? {
        let isName =
            (1...128).contains(text.value.utf8.count)
            && text.value.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: ":") }
        if isName { return text.value }
        log.malformed(
            "invalid-user", at: text.mark, "'user' is not the name of an account",
            hint: "write a name without spaces and ':'")
        return nil
    }

    // MARK: The way

    func connection(
        _ reader: MappingReader, to place: RepositoryLocation?
    ) -> WorkspaceConnection {
        var connection = WorkspaceConnection()
        if let entry = reader.entry("tls") {
            require([.https], for: "tls", at: entry.keyMark, place)
            tls(entry.value, &connection)
        }
        if let text = reader.text("proxy") {
            require([.https, .http], for: "proxy", at: text.mark, place)
            connection.proxy = proxy(text)
        }
        if let text = reader.text("knownHosts") {
            require([.ssh], for: "knownHosts", at: text.mark, place)
            connection.knownHosts = absolute(text)
        }
        return connection
    }

    private func require(
        _ schemes: [RepositoryLocation.Scheme], for key: String, at mark: SourceMark,
        _ place: RepositoryLocation?
    ) {
        guard let place, !schemes.contains(place.scheme) else { return }
        let names = schemes.map { "\($0.rawValue)://" }.joined(separator: " and ")
        log.malformed(
            "unused-key", at: mark, "'\(key)' is for repositories over \(names)",
            hint: "leave it out")
    }

    private func tls(_ node: YamlNode, _ connection: inout WorkspaceConnection) {
        guard
            let reader = MappingReader(
                node, keys: ["ca", "certificate", "key"], of: "'tls'", log: log)
        else { return }
        connection.authorities = reader.text("ca").flatMap(absolute)
        connection.certificate = reader.text("certificate").flatMap(absolute)
        connection.key = reader.text("key").flatMap(absolute)
        if (reader.entry("certificate") == nil) != (reader.entry("key") == nil) {
            log.malformed(
                "missing-key", at: reader.mark, "'certificate' and 'key' belong together",
                hint: "name both files")
        }
    }

    private func proxy(_ text: Located<String>) -> WorkspaceConnection.Proxy? {
        if text.value == "none" { return .direct }
        // The form is that of a web server's address, of which a proxy has no path.
        let address = text.value.hasSuffix("/") ? String(text.value.dropLast()) : text.value
        let place = try? RepositoryLocation(address + "/proxy")
        if let place, place.scheme == .http || place.scheme == .https, place.path == "/proxy" {
            return .address(address)
        }
        log.malformed(
            "invalid-proxy", at: text.mark, "'proxy' is not the address of a proxy",
            hint: "write http://host:port without a name or password, or 'none'")
        return nil
    }
}
