internal import BundleModel
internal import LibGit2

extension BundleRepository {
    /// The files of the newest revision of the bundle that stands in a directory, by path and blob,
    /// if it was found in order under today's rules.
    ///
    /// The same bytes under the same path need not be scanned again. Nothing depends on the answer
    /// but time, so whatever cannot be read gives none.
    func filesInOrder(for directory: String) -> [BundlePath: ObjectID] {
        let path = "\(directory)/bundle.yaml"
        guard limits == .standard,
            let bytes = try? FileContents.read(path: path, maximumBytes: limits.documentBytes),
            let name = try? BundlePath("bundle.yaml"),
            let manifest = ParsedDocument(path: name, bytes: bytes).manifest,
            let head = try? branch(manifest.bundle).head(repository),
            VerifiedRevisions(of: manifest.bundle, in: repository.path).commits.contains(head),
            let tree = try? repository.commit(head.objectID()).tree,
            let listing = try? TreeListing(repository, tree: tree, limits: limits)
        else { return [:] }
        return listing.blobsByBundlePath
    }

    /// Remembers a revision that was published just now, whose every file is in order.
    func remember(_ revision: Revision) {
        guard limits == .standard else { return }
        let bundle = revision.provenance.bundle
        var memory = VerifiedRevisions(of: bundle, in: repository.path)
        memory.add(revision.commit)
        memory.save(of: bundle, in: repository.path)
    }
}
