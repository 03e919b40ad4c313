public import BundleModel
public import BundleRepository
public import Foundation

/// A release that is in service on this host.
public struct AcceptedRelease: Sendable {
    /// The release.
    public let release: Release
    /// When it came into service.
    public let acceptedAt: Date?
    /// When the repository last answered with something that passed all checks.
    public let contactedAt: Date?
    /// The code of the last sync's failure; nil when it succeeded.
    public let failure: SheafError.Code?
    /// What the host policy said to every profile at the last sync, by name; nil when that was not
    /// recorded. The policy may have changed since; what decides is what it says at creation.
    public let profiles: [ProfilePreflight]?
    /// What rules that are later than those it was accepted by find in it; it stays in service.
    public let findings: [Finding]

    /// The pin that workers are created from.
    public var pin: ConfigBundleRef { release.pin }

    /// What is known of a release; a row about another one, or none, was left by a process that
    /// was killed before it wrote the right one.
    init(
        _ release: Release, _ record: ChannelRecord?, findings: [Finding]
    ) throws(SheafError) {
        self.findings = findings
        let isKnown = record?.acceptedCommit == release.commit.hex
        self.release = release
        acceptedAt = isKnown ? record?.acceptedAt : nil
        contactedAt = record?.contactedAt
        failure = isKnown ? record?.failureCode.flatMap { SheafError.Code(rawValue: $0) } : nil
        profiles = isKnown ? try record?.preflight.map(StoredPreflight.read) : nil
    }
}
