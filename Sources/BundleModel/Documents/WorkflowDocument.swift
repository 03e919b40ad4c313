/// `workflows/**/*.yaml`: steps and what each needs; a workflow in Markdown is free text.
public struct WorkflowDocument: Hashable, Sendable {
    /// One step.
    public struct Step: Hashable, Sendable {
        /// The step's id, unique in its workflow.
        public let id: StepID
        /// The profile that does it; the worker's own when nil.
        public let profile: Located<ProfileID>?
        /// A prompt of the bundle.
        public let prompt: Located<BundlePath>?
        /// What to do, in words.
        public let instructions: String?
        /// Steps that must be done before.
        public let needs: [Located<StepID>]
        /// Where the step starts.
        public let mark: SourceMark
    }

    /// A short name for people.
    public let label: String?
    /// What the workflow is for.
    public let description: String?
    /// The steps in the order of the file.
    public let steps: [Step]

    /// Reads a workflow, reporting everything that is wrong; nil when it is no workflow at all.
    package init?(yaml node: YamlNode, log: FindingLog) {
        guard
            let reader = MappingReader(
                document: node, schema: .workflow, keys: ["label", "description", "steps"],
                log: log)
        else { return nil }
        label = reader.text("label")?.value
        description = reader.text("description")?.value
        guard let entry = reader.required("steps"),
            let items = entry.value.items(for: "steps", log: log)
        else { return nil }
        if items.isEmpty {
            log.malformed(
                "empty-list", at: entry.value.mark, "a workflow has at least one step",
                hint: "add '- id: <name>'")
        }
        steps = items.compactMap { Step(yaml: $0, log: log) }
        WorkflowOrder.check(steps, log: log)
    }
}

extension WorkflowDocument.Step {
    fileprivate init?(yaml node: YamlNode, log: FindingLog) {
        guard
            let reader = MappingReader(
                node, keys: ["id", "profile", "prompt", "instructions", "needs"], of: "a step",
                log: log)
        else { return nil }
        profile = reader.entry("profile")?.value.id(for: "profile", as: ProfileID.self, log: log)
        prompt = reader.entry("prompt").flatMap {
            ReferenceReader.path($0.value, for: "prompt", log: log)
        }
        instructions = reader.text("instructions")?.value
        needs = reader.list("needs") { $0.id(for: "needs", as: StepID.self, log: log) }?.value ?? []
        if reader.entry("prompt") == nil, reader.entry("instructions") == nil {
            log.malformed(
                "missing-key", at: reader.mark, "a step has neither 'prompt' nor 'instructions'",
                hint: "add one of the two")
        }
        guard let id = reader.required("id")?.value.id(for: "id", as: StepID.self, log: log) else {
            return nil
        }
        self.id = id.value
        mark = id.mark
    }
}
