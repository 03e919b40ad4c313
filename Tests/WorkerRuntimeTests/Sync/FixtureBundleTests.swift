import BundleModel
import BundleRepository
import Foundation
import TestSupport
import Testing
import WorkerRuntime

/// The project's own bundles go the whole path: published, released, synced, and a worker created
/// from each of their profiles.
@Suite("The example bundles in a runtime")
struct FixtureBundleTests {
    static let names = ["support-agents", "keiyaku-shinsa"]

    private func files(_ name: String) throws -> SampleBundle {
        var bundle = SampleBundle([:])
        for (path, bytes) in try Fixtures.files(below: Fixtures.url("bundles/\(name)")) {
            bundle.files[path] = bytes
        }
        return bundle
    }

    /// A host policy that grants exactly what a bundle asks for.
    private func grants(_ documents: BundleDocuments) -> String {
        let to = "to: [\"\(documents.manifest.workspace)/\(documents.manifest.bundle)/*\"]"
        var lines = ["grants:"]
        for declaration in documents.declarations.values.sorted(by: { $0.ref < $1.ref }) {
            let source =
                switch declaration.kind {
                case .secretRef: "env: A_SECRET, "
                case .mountGrant: "path: /srv/one, access: write, "
                case .networkPolicy: "allow: [\"one.example:443\"], "
                case .shellPolicy, .gitPolicy: "allow: [one], "
                case .capabilityGrant: ""
                }
            let line = "  \"\(declaration.ref)\": { \(source)\(to) }"
            if lines.last != line { lines.append(line) }
        }
        lines.append("plugins:")
        for plugin in documents.plugins.values {
            lines.append("  \(plugin.name): { digest: \(plugin.sha256.hex), \(to) }")
        }
        lines.append("engines:")
        for engine in Set(documents.profiles.values.compactMap { $0.engine?.value }) {
            lines.append("  \(engine): { command: [/usr/bin/true] }")
        }
        return lines.joined(separator: "\n")
    }

    @Test(
        "are denied everything by default, and give workers when all is granted", arguments: names)
    func path(_ name: String) async throws {
        let bundle = try files(name)
        let checked = BundleCheck.run(
            entries: bundle.files.map { (name: Array($0.key.utf8), size: $0.value.count) },
            read: { bundle.files[$0.text] ?? [] })
        let documents = try checked.get(subject: "'\(name)'")
        let setup = try await RuntimeSetup(workspace: documents.manifest.workspace.rawValue)
        let id = documents.manifest.bundle
        try await setup.publish(bundle)
        let runtime = try setup.runtime()
        let first = try await runtime.sync(id, on: .latest)
        #expect(try first.pin.digest == bundle.digest)
        #expect(first.profiles.map(\.profile) == documents.profiles.keys.sorted())
        #expect(first.profiles.allSatisfy { $0.failure == nil })
        #expect(first.profiles.contains { !$0.isAllowed })
        for profile in first.profiles where !profile.isAllowed {
            let error = await failing(.hostPolicyDenied) {
                try await runtime.createWorker(
                    CreateWorkerRequest(
                        id: WorkerID("denied"), selector: .named(profile.profile),
                        pin: first.pin, input: ""))
            }
            #expect(error?.findings.count == profile.denied.count)
        }
        try setup.writePolicy(grants(documents))
        let second = try await runtime.sync(id, on: .latest)
        #expect(second.outcome == .unchanged)
        for profile in second.profiles {
            #expect(profile.isAllowed && profile.dropped.isEmpty, "\(profile)")
            let worker = try await runtime.createWorker(
                CreateWorkerRequest(
                    id: WorkerID("worker-\(profile.profile)"),
                    selector: .named(profile.profile), pin: second.pin, input: "x")
            ).worker
            #expect(worker.profile == profile.profile.rawValue)
        }
        #expect(try await runtime.workers().count == documents.profiles.count)
    }
}
