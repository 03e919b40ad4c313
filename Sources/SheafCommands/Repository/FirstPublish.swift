internal import BundleModel
internal import BundleRepository

/// The part of a publish that comes before and after it where there was no repository yet.
struct FirstPublish {
    let installation: Installation
    /// Whether the repository is the user's default one, which the default runtime serves.
    let isDefault: Bool

    /// The repository to publish to, made when there is none.
    ///
    /// What can be refused is refused before anything is made: the bundle, the expectation, the
    /// message, the identity.
    func repository(
        for request: PublishRequest, _ console: Console
    ) async throws(SheafError) -> (BundleRepository, made: Installation.Part?) {
        if installation.hasRepository {
            return (try BundleRepository.open(at: installation.repositoryPath), nil)
        }
        let directory = try await BundleDirectory.read(request.directory)
        try directory.requireValid()
        guard let manifest = directory.documents?.manifest, let digest = directory.digest else {
            throw SheafError(.malformedBundle, "the bundle has no usable bundle.yaml")
        }
        if case .commit(let expected) = request.expectation {
            throw SheafError(
                .conflict, "'\(manifest.bundle)' is at nothing, expected \(expected.short)",
                details: ["expected": expected.hex, "actual": "none"],
                hint: "there is no repository at '\(installation.repositoryPath)' yet")
        }
        let identity = try await Identity.current(in: request.directory, git: GitProgram())
        try request.requireTexts(of: manifest, digest, by: identity)
        let (repository, part) = try installation.makeRepository(of: manifest.workspace)
        guard part.isNew else { return (repository, nil) }
        console.note("made the repository \(part.path) of workspace '\(manifest.workspace)'")
        return (repository, part)
    }

    /// The host policy that was made for the repository; nil when there was one, or when another
    /// runtime serves this repository, or when it cannot be made: the revision is published all the
    /// same, and that stays the answer.
    func policy(
        for result: PublishResult, _ made: Installation.Part?, _ console: Console
    ) -> Installation.Part? {
        guard made != nil || isDefault else { return nil }
        do throws(SheafError) {
            let part = try installation.makePolicy(serving: result.revision.provenance.workspace)
            guard part.isNew else { return nil }
            console.note("made the host policy \(part.path); it grants nothing yet")
            return part
        } catch {
            console.complain(
                "\(console.noteStyle.dim("note:")) the revision is published; the host policy of "
                    + "this user was not made: \(TextStyle.safe(error.message))\n")
            return nil
        }
    }
}
