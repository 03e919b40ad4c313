internal import BundleModel
internal import LibGit2

/// What the trailers of a commit made with plain Git have to say, from its tree and its parent.
struct StampedRevision {
    let provenance: RevisionProvenance

    /// Throws `malformed_bundle` without a usable bundle.yaml, `workspace_mismatch` when it is of
    /// another bundle or workspace than the parent, and what computing a digest throws.
    init(
        tree: ObjectID, parent: Revision?, source: BundleSource,
        _ repository: borrowing Repository, limits: ContentLimits, memory: DigestMemory
    ) throws(SheafError) {
        let manifest = try Self.manifest(tree, repository, limits)
        if let parent {
            try Self.require("workspace", manifest.workspace, parent.provenance.workspace)
            try Self.require("bundle", manifest.bundle, parent.provenance.bundle)
        }
        let digest = try TreeDigester(memory: memory, limits: limits)
            .digest(repository, tree: tree)
        let isSame = parent.map { $0.tree == tree.hex } ?? false
        provenance = RevisionProvenance(
            workspace: manifest.workspace, bundle: manifest.bundle,
            revision: (parent?.number ?? 0) + 1, digest: digest, source: source,
            sourceState: source.isGit ? (isSame ? .clean : .modified) : nil)
    }

    private static func manifest(
        _ tree: ObjectID, _ repository: borrowing Repository, _ limits: ContentLimits
    ) throws(SheafError) -> BundleManifest {
        let bytes: [UInt8]
        do throws(SheafError) {
            guard let path = try? BundlePath("bundle.yaml") else { throw missing([]) }
            bytes = try TreeFileReader(limits: limits).contents(of: path, in: tree, repository)
        } catch  where error.code == .notFound {
            throw missing([])
        }
        let checked = BundleCheck.run(
            entries: [(Array("bundle.yaml".utf8), bytes.count)], limits: limits,
            read: { _ in bytes }
        )
        guard let manifest = checked.documents?.manifest else { throw missing(checked.findings) }
        return manifest
    }

    private static func missing(_ findings: [Finding]) -> SheafError {
        SheafError(
            .malformedBundle, "the commit would have no usable bundle.yaml at its top",
            hint: "'sheaf check .' says what is wrong", findings: findings)
    }

    private static func require<Name: Identifier>(
        _ noun: String, _ inside: Name, _ expected: Name
    ) throws(SheafError) {
        guard inside != expected else { return }
        throw SheafError(
            .workspaceMismatch,
            "bundle.yaml says \(noun) '\(inside)', the revision before is of '\(expected)'",
            details: ["expected": expected.rawValue, "actual": inside.rawValue])
    }
}
