/// Follows `extends` and puts a profile together.
///
/// Root first: maps merge by key and `null` removes one; scalars and lists replace. A `named:`
/// selector never finds a builtin and `builtin:` never a profile of a bundle; a builtin takes part
/// in a bundle's profile only as a parent that is named.
public struct ProfileResolver: Sendable {
    let documents: BundleDocuments?
    let builtins: [ProfileID: ProfileDocument]

    /// Prepares resolution in a bundle, or without one.
    public init(documents: BundleDocuments?, builtins: [ProfileID: ProfileDocument] = [:]) {
        self.documents = documents
        self.builtins = builtins
    }

    /// Resolves a profile.
    ///
    /// Throws `invalid_profile_selector` for a missing profile, a missing parent and a cycle, and
    /// `bundle_required` when the selector needs a bundle and there is none.
    public func resolve(_ selector: ProfileSelector) throws(SheafError) -> ResolvedProfile {
        try merge(selector).withDigest()
    }

    /// The same without its digest, which is most of the work: for a look at what a profile asks for.
    package func merge(_ selector: ProfileSelector) throws(SheafError) -> ResolvedProfile {
        let selected = try select(selector)
        let lineage = try lineage(of: selected)
        var merge = ProfileMerge()
        if let documents { merge.add(documents.tools) }
        for (reference, document) in lineage { merge.add(document, as: reference) }
        return try merge.finish(
            selected: selected, lineage: lineage.map(\.reference), documents: documents)
    }

    private func select(_ selector: ProfileSelector) throws(SheafError) -> ProfileReference {
        switch selector {
        case .builtin(let name):
            guard documents == nil else {
                throw SheafError(
                    .invalidProfileSelector, "'\(selector)' cannot be selected with a bundle",
                    hint:
                        "leave the bundle out, or select a profile of it that extends '\(selector)'"
                )
            }
            return .builtin(name)
        case .named(let name):
            guard documents != nil else { throw Self.bundleRequired(selector) }
            return .named(name)
        case .bundleDefault:
            guard let documents else { throw Self.bundleRequired(selector) }
            guard let name = documents.manifest.defaultProfile else {
                throw SheafError(
                    .invalidProfileSelector,
                    "the bundle '\(documents.manifest.bundle)' has no default profile",
                    hint: "name a profile, or add 'defaultProfile' to bundle.yaml")
            }
            return .named(name.value)
        }
    }

    private func lineage(
        of selected: ProfileReference
    ) throws(SheafError) -> [(reference: ProfileReference, document: ProfileDocument)] {
        var lineage: [(reference: ProfileReference, document: ProfileDocument)] = []
        var seen: Set<ProfileReference> = []
        var next: ProfileReference? = selected
        while let reference = next {
            guard seen.insert(reference).inserted else {
                throw SheafError(
                    .invalidProfileSelector, "the profile '\(selected)' extends itself",
                    details: ["profile": selected.description],
                    hint: "let one profile of the circle extend nothing")
            }
            guard let document = document(reference) else {
                throw missing(reference, extendedBy: lineage.last?.reference)
            }
            lineage.append((reference, document))
            next = Self.parent(of: document, reference)
        }
        return lineage.reversed()
    }

    static func parent(
        of document: ProfileDocument, _ reference: ProfileReference
    ) -> ProfileReference? {
        document.extends.map { parent in
            // A builtin's parents are builtins too: it never reads a bundle.
            if case .builtin = reference, case .named(let name) = parent.value {
                return .builtin(name)
            }
            return parent.value
        }
    }

    func document(_ reference: ProfileReference) -> ProfileDocument? {
        switch reference {
        case .named(let name): documents?.profiles[name]
        case .builtin(let name): builtins[name]
        }
    }

    private func missing(
        _ reference: ProfileReference, extendedBy child: ProfileReference?
    ) -> SheafError {
        let names: [String] =
            switch reference {
            case .named: documents?.profiles.keys.map(\.rawValue).sorted() ?? []
            case .builtin: builtins.keys.map { "builtin:\($0)" }.sorted()
            }
        let message =
            child.map { "the profile '\($0)' extends '\(reference)', which does not exist" }
            ?? "there is no profile '\(reference)'"
        return SheafError(
            .invalidProfileSelector, message, details: ["profile": reference.description],
            hint: Suggestion.hint(
                for: reference.description, among: names,
                otherwise: names.isEmpty ? nil : "profiles: \(names.joined(separator: ", "))"))
    }

    private static func bundleRequired(_ selector: ProfileSelector) -> SheafError {
        SheafError(
            .bundleRequired, "the selector '\(selector)' needs a bundle and none is pinned",
            hint: "pin a bundle, or select builtin:<name>")
    }
}
