/// What the profiles of a bundle ask for: each merged once, over its parent.
///
/// For looks at many profiles of one bundle. It is what a ``ProfileResolver`` resolves, without
/// digests, lineages, and where each field came from.
package struct ProfileNeeds {
    private let resolver: ProfileResolver
    /// Profiles that others extend.
    private var parents: [ProfileReference: ProfileMerge] = [:]
    /// So many parents are kept: a bundle can have a long line of profiles that each add something.
    private static let maximumParents = 512

    /// Prepares looks at the profiles of one bundle.
    package init(_ resolver: ProfileResolver) { self.resolver = resolver }

    /// Merges a profile of the bundle.
    ///
    /// Throws what ``ProfileResolver/resolve(_:)`` throws.
    package mutating func profile(_ name: ProfileID) throws(SheafError) -> ResolvedProfile {
        if let merge = merge(.named(name)),
            let profile = try? merge.finish(
                selected: .named(name), lineage: [], documents: resolver.documents)
        {
            return profile
        }
        // It knows what is wrong, and where that stands.
        return try resolver.merge(.named(name))
    }

    /// The fields of a profile; nil when one of its ancestors is missing or a circle.
    private mutating func merge(_ selected: ProfileReference) -> ProfileMerge? {
        var line: [(reference: ProfileReference, document: ProfileDocument)] = []
        var seen: Set<ProfileReference> = []
        var merge: ProfileMerge?
        var next: ProfileReference? = selected
        while let reference = next, merge == nil {
            merge = parents[reference]
            guard merge == nil else { break }
            guard seen.insert(reference).inserted, let document = resolver.document(reference)
            else { return nil }
            line.append((reference, document))
            next = ProfileResolver.parent(of: document, reference)
        }
        var merged = merge ?? root
        for (reference, document) in line.reversed() {
            merged.add(document, as: reference)
            if reference != selected, parents.count < Self.maximumParents {
                parents[reference] = merged
            }
        }
        return merged
    }

    /// What lies below all profiles.
    private var root: ProfileMerge {
        var merge = ProfileMerge(noting: false)
        if let documents = resolver.documents { merge.add(documents.tools) }
        return merge
    }
}
