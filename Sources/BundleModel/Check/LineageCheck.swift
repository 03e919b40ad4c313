/// Checks `extends`: the parent is there, and no profile is its own ancestor.
struct LineageCheck {
    private let documents: BundleDocuments
    private let names: Set<ProfileID>

    init(_ documents: BundleDocuments, names: Set<ProfileID>) {
        self.documents = documents
        self.names = names
    }

    func run() -> [Finding] {
        let inCycles = profilesInCycles()
        return documents.profiles.values.flatMap { profile -> [Finding] in
            guard let extends = profile.extends, case .named(let parent) = extends.value else {
                return []
            }
            let log = FindingLog(path: "profiles/\(profile.name).yaml")
            if !names.contains(parent) {
                log.report(
                    .invalidProfileSelector, "missing-parent", at: extends.mark,
                    "there is no profile '\(parent)' to extend",
                    hint: Suggestion.hint(
                        for: parent.rawValue, among: names.map(\.rawValue),
                        otherwise: "name a profile of this bundle, or builtin:<name>"))
            } else if inCycles.contains(profile.name) {
                log.report(
                    .invalidProfileSelector, "extends-cycle", at: extends.mark,
                    "the profile extends itself by way of '\(parent)'",
                    hint: "let one profile of the circle extend nothing")
            }
            return log.findings
        }
    }

    /// The profiles that are their own ancestors. Each has one parent, so every walk up ends in a
    /// root, in a walk that is done, or in a circle.
    private func profilesInCycles() -> Set<ProfileID> {
        var done: Set<ProfileID> = []
        var inCycles: Set<ProfileID> = []
        for start in documents.profiles.keys where !done.contains(start) {
            var walk: [ProfileID] = []
            var places: [ProfileID: Int] = [:]
            var next: ProfileID? = start
            while let name = next, !done.contains(name) {
                if let place = places[name] {
                    inCycles.formUnion(walk[place...])
                    break
                }
                places[name] = walk.count
                walk.append(name)
                if case .named(let parent)? = documents.profiles[name]?.extends?.value {
                    next = parent
                } else {
                    next = nil
                }
            }
            done.formUnion(walk)
        }
        return inCycles
    }
}
