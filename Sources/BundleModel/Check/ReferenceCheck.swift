/// Checks that what documents refer to is there and is of the right kind.
///
/// A name that belongs to a document which is there but could not be read counts as present, so
/// that one mistake gives one finding.
struct ReferenceCheck {
    private let documents: BundleDocuments
    private let names: DocumentNames

    init(_ documents: BundleDocuments, names: DocumentNames) {
        self.documents = documents
        self.names = names
    }

    func run() -> [Finding] {
        var findings = manifest() + LineageCheck(documents, names: names.profiles).run()
        for profile in documents.profiles.values { findings += check(profile) }
        for tool in documents.tools.values { findings += check(tool) }
        for model in documents.models.values { findings += check(model) }
        for plugin in documents.plugins.values { findings += check(plugin) }
        for (path, workflow) in documents.workflows { findings += check(workflow, at: path) }
        return findings
    }

    private func manifest() -> [Finding] {
        let log = FindingLog(path: "bundle.yaml")
        if let profile = documents.manifest.defaultProfile {
            require(profile, among: names.profiles, in: "profiles", log)
        }
        return log.findings
    }

    private func check(_ profile: ProfileDocument) -> [Finding] {
        let log = FindingLog(path: "profiles/\(profile.name).yaml")
        if let model = profile.model { require(model, among: names.models, in: "models", log) }
        for plugin in profile.plugins?.value ?? [] {
            require(plugin, among: names.plugins, in: "plugins", log)
        }
        for grant in profile.grants?.value ?? [] {
            require(grant, among: names.declarations, in: "policies", log)
        }
        for prompt in profile.prompts.values {
            if let path = prompt.value { require(path, at: prompt.mark, below: "prompts", log) }
        }
        for path in profile.workflows?.value ?? [] {
            require(path.value, at: path.mark, below: "workflows", log)
        }
        for path in profile.assets?.value ?? [] {
            require(path.value, at: path.mark, below: "assets", log)
        }
        return log.findings
    }

    private func check(_ tool: ToolDocument) -> [Finding] {
        let log = FindingLog(path: "tools/\(tool.name).yaml")
        if let plugin = tool.plugin { require(plugin, among: names.plugins, in: "plugins", log) }
        return log.findings
    }

    private func check(_ plugin: PluginDescriptor) -> [Finding] {
        let log = FindingLog(path: "plugins/\(plugin.name).yaml")
        for grant in plugin.grants {
            require(grant, among: names.declarations, in: "policies", log)
        }
        return log.findings
    }

    private func check(_ model: ModelDocument) -> [Finding] {
        let log = FindingLog(path: "models/\(model.name).yaml")
        guard let credential = model.credential else { return [] }
        if let declaration = documents.declarations[credential.value] {
            if declaration.kind != .secretRef {
                log.malformed(
                    "credential-not-secret", at: credential.mark,
                    "'\(credential.value)' is a \(declaration.kind.rawValue), but a credential is "
                        + "a secret_ref",
                    hint: "name a declaration with 'kind: secret_ref'")
            }
        } else if !names.declarations.contains(credential.value) {
            missingCredential(credential, log)
        }
        return log.findings
    }

    /// A credential that names no declaration may be the credential itself.
    private func missingCredential(_ name: Located<DeclarationName>, _ log: FindingLog) {
        let text = name.value.rawValue
        if let close = Suggestion.closest(to: text, among: names.declarations.map(\.rawValue)) {
            log.malformed(
                "missing-reference", at: name.mark, "'credential' names no declaration",
                hint: "did you mean '\(close)'?")
        } else if text.utf8.contains(where: { $0 >= 0x30 && $0 <= 0x39 }) {
            log.report(
                .forbiddenContent, "literal-in-reference", at: name.mark,
                "'credential' holds '\(DisplayText.excerpt(text))', which names no declaration and "
                    + "may be a credential",
                hint: "declare a secret_ref in policies/ and write its name here")
        } else {
            log.malformed(
                "missing-reference", at: name.mark, "'credential' names no declaration",
                hint: "declare a secret_ref in policies/ and write its name here")
        }
    }

    private func check(_ workflow: WorkflowDocument, at path: BundlePath) -> [Finding] {
        let log = FindingLog(path: path.text)
        for step in workflow.steps {
            if let profile = step.profile {
                require(profile, among: names.profiles, in: "profiles", log)
            }
            if let prompt = step.prompt {
                require(prompt.value, at: prompt.mark, below: "prompts", log)
            }
        }
        return log.findings
    }

    private func require<Name: Identifier>(
        _ name: Located<Name>, among names: Set<Name>, in directory: String, _ log: FindingLog
    ) {
        guard !names.contains(name.value) else { return }
        log.malformed(
            "missing-reference", at: name.mark, "there is no \(directory)/\(name.value).yaml",
            hint: Suggestion.hint(
                for: name.value.rawValue, among: names.map(\.rawValue),
                otherwise: "add the file, or name one that is there"))
    }

    private func require(
        _ path: BundlePath, at mark: SourceMark, below directory: String, _ log: FindingLog
    ) {
        guard path.topDirectory == directory else {
            log.malformed(
                "wrong-directory", at: mark,
                "the path '\(DisplayText.excerpt(path.text))' is not below '\(directory)/'",
                hint: "write \(directory)/<name>")
            return
        }
        guard !documents.paths.contains(path) else { return }
        let siblings = documents.paths.lazy.filter { $0.topDirectory == directory }.map(\.text)
        log.malformed(
            "missing-reference", at: mark, "there is no file '\(path)'",
            hint: Suggestion.hint(
                for: path.text, among: siblings,
                otherwise: "add the file, or name one that is there"))
    }
}
