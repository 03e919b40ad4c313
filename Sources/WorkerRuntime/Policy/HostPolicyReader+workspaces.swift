internal import BundleModel

extension HostPolicyReader {
    func workspace(_ name: WorkspaceID, _ node: YamlNode) -> WorkspaceRule? {
        let keys = [
            "repository", "credential", "tls", "proxy", "knownHosts", "bundles", "bundleRequired",
            "freshness",
        ]
        guard let reader = MappingReader(node, keys: keys, of: "a workspace", log: log) else {
            return nil
        }
        // Read even when the repository is wrong, so that everything is found at once.
        let place = reader.requiredText("repository").flatMap(repository)
        let served = bundles(reader)
        let secret = credential(reader, for: place)
        let way = connection(reader, to: place)
        let isRequired = reader.boolean("bundleRequired")
        let age = reader.entry("freshness").flatMap { freshness($0.value) }
        guard let place else { return nil }
        return WorkspaceRule(
            workspace: name, repository: place, credential: secret, connection: way,
            bundles: served, bundleRequired: isRequired ?? false, freshness: age)
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

    private func repository(_ text: Located<String>) -> RepositoryLocation? {
        do throws(RepositoryLocationProblem) {
            return try RepositoryLocation(text.value)
        } catch {
            log.malformed(error.rule, at: text.mark, error.message, hint: error.hint)
            return nil
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
