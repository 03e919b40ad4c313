/// Checks that no two things of a profile, with what its ancestors give it, reach an engine by one
/// variable: one of them would be lost.
///
/// A clash that a profile has from its parent is reported there alone.
struct VariableCheck {
    private let documents: BundleDocuments

    init(_ documents: BundleDocuments) { self.documents = documents }

    func run() -> [Finding] {
        documents.profiles.values.flatMap { profile -> [Finding] in
            let own = clashes(profile)
            if own.isEmpty { return [] }
            let inherited = Set(parent(of: profile).map(clashes) ?? [])
            let log = FindingLog(path: "profiles/\(profile.name).yaml")
            for clash in own where !inherited.contains(clash) {
                log.malformed(
                    "variable-taken", at: mark(of: clash, in: profile), clash.message,
                    hint: EngineVariableClash.hint)
            }
            return log.findings
        }
    }

    private func parent(of profile: ProfileDocument) -> ProfileDocument? {
        guard case .named(let name)? = profile.extends?.value else { return nil }
        return documents.profiles[name]
    }

    private func clashes(_ profile: ProfileDocument) -> [EngineVariableClash] {
        var roles: [String: Bool] = [:]
        var grants: [DeclarationName]?
        var plugins: [PluginName]?
        var model: ModelName?
        var seen: Set<ProfileID> = []
        var next: ProfileDocument? = profile
        // What a child says counts.
        while let document = next, seen.insert(document.name).inserted {
            for (role, prompt) in document.prompts where roles[role] == nil {
                roles[role] = prompt.value != nil
            }
            grants = grants ?? document.grants?.value.map(\.value)
            plugins = plugins ?? document.plugins?.value.map(\.value)
            model = model ?? document.model?.value
            next = parent(of: document)
        }
        var names = Set(grants ?? [])
        for plugin in plugins ?? [] {
            names.formUnion(documents.plugins[plugin]?.grants.map(\.value) ?? [])
        }
        if let credential = model.flatMap({ documents.models[$0]?.credential }) {
            names.insert(credential.value)
        }
        return EngineVariable.clashes(
            roles: roles.filter(\.value).keys,
            declarations: names.compactMap { documents.declarations[$0] })
    }

    /// Where the profile itself says one of the two.
    private func mark(
        of clash: EngineVariableClash, in profile: ProfileDocument
    ) -> SourceMark? {
        let prompts = profile.prompts.filter { EngineVariable.prompt($0.key) == clash.variable }
        if let last = prompts.values.map(\.mark).max(by: { $0.line < $1.line }) { return last }
        let grants = profile.grants?.value.filter { grant in
            documents.declarations[grant.value].flatMap(EngineVariable.name) == clash.variable
        }
        return grants?.last?.mark ?? profile.grants?.mark ?? profile.plugins?.mark
            ?? profile.model?.mark ?? profile.extends?.mark
    }
}
