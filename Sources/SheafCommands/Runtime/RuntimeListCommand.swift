internal import ArgumentParser
internal import BundleModel
internal import BundleRepository
internal import Foundation
internal import WorkerRuntime

/// `sheaf runtime list`: the releases in service on this host.
struct RuntimeListCommand: Verb {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the releases in service on this host.",
        discussion: """
            Works beside the process that owns the store.

            EXAMPLES
              sheaf runtime list

            JSON
              {"releases": [{"pin", "release": {...}, "acceptedAt", "contactedAt",
              "failure", "profiles": [...], "findings": [...]}]}; 'failure' is the code of
              the last sync's error, 'profiles' is what the host policy said at the last
              sync, as in 'sheaf runtime sync', 'findings' what later rules find, as in
              'sheaf check', and a release is as in 'sheaf channel list'
            """)

    @OptionGroup var store: StoreOptions
    @OptionGroup var output: OutputOptions

    private struct Result: Encodable {
        struct Accepted: Encodable {
            let pin: String
            let release: ReleaseView
            let acceptedAt: Date?
            let contactedAt: Date?
            let failure: String?
            let profiles: [PreflightView]?
            let findings: [Finding]
        }

        let releases: [Accepted]
    }

    func perform(_ console: Console) async throws(SheafError) -> Answer {
        let accepted = try await store.open(.reader).acceptedReleases()
        let result = Result(
            releases: accepted.map {
                Result.Accepted(
                    pin: $0.pin.description, release: ReleaseView($0.release),
                    acceptedAt: $0.acceptedAt, contactedAt: $0.contactedAt,
                    failure: $0.failure?.rawValue,
                    profiles: $0.profiles?.map(PreflightView.init), findings: $0.findings)
            })
        if accepted.isEmpty { console.note("no release was accepted on this host yet") }
        try console.show(result) { accepted.isEmpty ? "" : Self.text(accepted, $0) }
        return .yes
    }

    private static func text(_ accepted: [AcceptedRelease], _ style: TextStyle) -> String {
        var table = TextTable([
            "WORKSPACE": .left, "CHANNEL": .left, "RELEASE": .right, "REVISION": .right,
            "DIGEST": .left, "ACCEPTED": .left, "LAST SYNC": .left, "PROFILES": .left,
            "FINDINGS": .left,
        ])
        for entry in accepted {
            table.add([
                entry.pin.workspace.rawValue, "\(entry.pin.bundle)@\(entry.release.channel)",
                String(entry.release.sequence),
                String(entry.release.provenance.revision.revision), entry.pin.digest.short,
                entry.acceptedAt?.formatted(.iso8601) ?? "",
                entry.failure?.rawValue ?? entry.contactedAt?.formatted(.iso8601) ?? "",
                profiles(entry), entry.findings.isEmpty ? "" : String(entry.findings.count),
            ])
        }
        return table.text(style)
    }

    /// How many profiles the host policy allowed at the last sync, and which it did not.
    private static func profiles(_ entry: AcceptedRelease) -> String {
        guard let profiles = entry.profiles else { return "" }
        let denied = profiles.filter { !$0.isAllowed }.map(\.profile.rawValue)
        let allowed = "\(profiles.count - denied.count) allowed"
        return denied.isEmpty ? allowed : "\(allowed), denied: \(denied.joined(separator: " "))"
    }
}
