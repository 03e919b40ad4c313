import BundleModel
import BundleRepository

/// The example in the documentation of ``BundleRepository``: a test holds both to the same lines.
func bundleRepositoryExample(at path: String, directory: String) async throws -> Verification {
    // begin
    let repository = try BundleRepository.open(at: path)
    let published = try await repository.publish(
        PublishRequest(directory: directory, message: "Shorter triage prompt"))
    print(published.revision.number, published.revision.digest)
    let release = try await repository.release(
        BundleReference("support-agents@1"), to: ChannelID("stable"), reason: "reviewed",
        identityFrom: directory)
    print(release.channel, release.sequence, release.pin)
    let verified = try await repository.verify(BundleReference("support-agents@stable"))
    print(verified.files, "files:", verified.checks.joined(separator: ", "))
    // end
    return verified
}
