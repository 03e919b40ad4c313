internal import BundleModel

extension HostPolicyReader {
    func workspace(_ name: WorkspaceID, _ node: YamlNode) -> WorkspaceRule? {
        let keys = ["repository", "credential", "bundles", "bundleRequired", "freshness"]
        guard let reader = MappingReader(node, keys: keys, of: "a workspace", log: log) else {
            return nil
        }
        // Read even when the repository is wrong, so that everything is found at once.
        let place = reader.requiredText("repository").flatMap(repository)
        let served = bundles(reader)
        let source = reader.entry("credential").flatMap { credential($0.value) }
        let isRequired = reader.boolean("bundleRequired")
        let age = reader.entry("freshness").flatMap { freshness($0.value) }
        guard let place else { return nil }
        return WorkspaceRule(
            workspace: name, repository: place, credential: source, bundles: served,
            bundleRequired: isRequired ?? false, freshness: age)
    }

    private func bundles(_ reader: MappingReader) -> WorkspaceRule.Bundles {
        let list = reader.list("bundles") { node -> Located<String>? in
            if case .scalar("*", _) = node.content { return Located("*", at: node.mark) }
            return node.id(for: "bundles", as: BundleID.self, log: log).map {
                Located($0.value.rawValue, at: $0.mark)
            }
        }
        let names = (list?.value ?? []).map(\.value)
        return names.contains("*") ? .all : .only(Set(names.compactMap { try? BundleID($0) }))
    }

    private static let urlSchemes = ["https", "http", "ssh", "file"]

    /// An absolute path, or a URL that carries no credential.
    private func repository(_ text: Located<String>) -> String? {
        if text.value.hasPrefix("/") { return absolute(text) }
        guard let separator = text.value.firstRange(of: "://"),
            Self.urlSchemes.contains(String(text.value[..<separator.lowerBound]))
        else {
            log.malformed(
                "unsupported-repository", at: text.mark,
                "the repository is neither an absolute path nor a URL that is supported",
                hint: "write an absolute path, or a URL that starts with https:// or ssh://")
            return nil
        }
        let authority = text.value[separator.upperBound...]
            .prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        guard let at = authority.lastIndex(of: "@") else { return text.value }
        // SSH needs the name of an account, which is no secret; a password is one.
        if text.value.hasPrefix("ssh://"), !authority[..<at].contains(":") { return text.value }
        log.malformed(
            "userinfo-in-url", at: text.mark, "the repository's URL has a name or password",
            hint: "name a file or variable under 'credential'")
        return nil
    }

    private func credential(_ node: YamlNode) -> WorkspaceRule.Credential? {
        guard
            let reader = MappingReader(node, keys: ["file", "env"], of: "'credential'", log: log)
        else { return nil }
        switch source(reader, of: "'credential'") {
        case .file(let path): return .file(path)
        case .environment(let name): return .environment(name)
        case nil: return nil
        }
    }

    private func freshness(_ node: YamlNode) -> WorkspaceRule.Freshness? {
        guard
            let reader = MappingReader(
                node, keys: ["limit", "whenStale"], of: "'freshness'", log: log)
        else { return nil }
        let action = reader.entry("whenStale").flatMap {
            $0.value.word(for: "whenStale", as: WorkspaceRule.WhenStale.self, log: log)
        }
        guard let limit = reader.requiredText("limit") else { return nil }
        guard let duration = PolicyDuration.read(limit.value) else {
            log.malformed(
                "invalid-duration", at: limit.mark, "'limit' is not a length of time",
                hint: "write a whole number and s, m, h or d, e.g. 24h")
            return nil
        }
        return WorkspaceRule.Freshness(limit: duration, whenStale: action ?? .keep)
    }
}
