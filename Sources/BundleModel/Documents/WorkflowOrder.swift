/// Checks that the steps of a workflow can be done in some order.
enum WorkflowOrder {
    static func check(_ steps: [WorkflowDocument.Step], log: FindingLog) {
        var places: [StepID: SourceMark] = [:]
        for step in steps {
            if let first = places[step.id] {
                log.malformed(
                    "duplicate-entry", at: step.mark,
                    "the step '\(step.id)' is already in line \(first.line)",
                    hint: "give each step an id of its own")
            } else {
                places[step.id] = step.mark
            }
        }
        for step in steps {
            for need in step.needs where places[need.value] == nil {
                log.malformed(
                    "missing-reference", at: need.mark, "there is no step '\(need.value)'",
                    hint: Suggestion.hint(
                        for: need.value.rawValue, among: places.keys.map(\.rawValue),
                        otherwise: "name a step of this workflow"))
            }
        }
        for step in stepsInCycles(steps) {
            log.malformed(
                "workflow-cycle", at: step.mark,
                "the step '\(step.id)' needs itself, by way of others or directly",
                hint: "remove one entry of 'needs'")
        }
    }

    /// The steps that remain when all that can be done have been done, leaf by leaf from both ends.
    private static func stepsInCycles(
        _ steps: [WorkflowDocument.Step]
    ) -> [WorkflowDocument.Step] {
        var needs: [StepID: Set<StepID>] = [:]
        let known = Set(steps.map(\.id))
        for step in steps {
            needs[step.id, default: []].formUnion(step.needs.map(\.value).filter(known.contains))
        }
        var isShrinking = true
        while isShrinking {
            let done = needs.keys.filter { needs[$0]?.isEmpty ?? true }
            let needed = needs.values.reduce(into: Set<StepID>()) { $0.formUnion($1) }
            let unneeded = needs.keys.filter { !needed.contains($0) }
            let removed = Set(done).union(unneeded)
            isShrinking = !removed.isEmpty
            for id in removed { needs[id] = nil }
            for id in Array(needs.keys) { needs[id]?.subtract(removed) }
        }
        var reported: Set<StepID> = []
        return steps.filter { needs[$0.id] != nil && reported.insert($0.id).inserted }
    }
}
