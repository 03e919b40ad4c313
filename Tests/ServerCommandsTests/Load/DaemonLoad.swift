import BundleModel
import Foundation
import RuntimeClient
import RuntimeProtocol
import TestSupport
import Testing

/// Clients that ask a daemon for workers, syncs and stops until it is gone.
struct DaemonLoad: Sendable {
    let desk: DaemonDesk
    let ledger = Ledger()

    static let bundles = ["agents", "helpers", "readers"]
    /// The profile whose workers have an engine; it writes its worker's id down when it begins.
    static let marking = "marking"

    /// Publishes the first releases, and allows the engine.
    init() async throws {
        desk = try await DaemonDesk()
        let script = try desk.home.write(
            "#!/bin/sh\necho \"$SHEAF_WORKER_ID\" >>\"${0%/*}/marks\"\nexec /bin/sleep 30\n",
            to: "mark.sh")
        let path = script.path(percentEncoded: false)
        try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: path)
        for bundle in Self.bundles {
            if bundle != "agents" {
                try await desk.succeed("new", bundle, "--workspace", "acme", "--bundle", bundle)
            }
            try desk.home.write(
                "schema: sheaf/profile/v1\nengine: mark\nmodel: main\n"
                    + "prompts: { system: prompts/coder.md }\n",
                to: "\(bundle)/profiles/\(Self.marking).yaml")
        }
        try await publish(0)
        try desk.write(policy: "engines:\n  mark: { command: [\"\(path)\"] }")
    }

    /// Gives every bundle another release.
    func publish(_ round: Int) async throws {
        for bundle in Self.bundles {
            try desk.home.write("\(round)\n", to: "\(bundle)/assets/round.md")
            try await desk.succeed("publish", bundle, "-m", "round \(round)")
        }
    }

    /// The ids that engines have written down.
    var marks: [String] {
        let text = try? String(contentsOf: desk.home.appending("marks"), encoding: .utf8)
        return (text ?? "").split(separator: "\n").map(String.init)
    }

    /// Asks for everything at once until the daemon no longer answers.
    ///
    /// - Parameter pins: what workers are created from.
    func run(_ client: RuntimeClient, round: Int, from pins: [BundlePin]) async {
        await withTaskGroup(of: Void.self) { tasks in
            for creator in 0..<3 {
                tasks.addTask { await create(client, "r\(round)-c\(creator)", "coder", pins) }
            }
            tasks.addTask { await create(client, "r\(round)-m", Self.marking, pins) }
            tasks.addTask { await stop(client) }
            for bundle in Self.bundles {
                tasks.addTask { await sync(client, bundle) }
            }
        }
    }

    private func create(
        _ client: RuntimeClient, _ name: String, _ profile: String, _ pins: [BundlePin]
    ) async {
        var number = 0
        while let id = try? WorkerID("\(name)-\(number)"), let pin = pins.randomElement() {
            let request = WorkerRequest(
                workerId: id, profile: profile, bundle: pin,
                intent: IntentDocument(input: "ticket \(number)"))
            ledger.ask(for: request)
            guard let reply = try? await client.createWorker(request) else { return }
            #expect(reply.isNew, "\(id) was there before anybody asked for it")
            ledger.note(reply.worker)
            number += 1
        }
    }

    private func stop(_ client: RuntimeClient) async {
        while true {
            guard let id = ledger.idleWorker() else {
                guard (try? await client.describe()) != nil else { return }
                continue
            }
            ledger.ask(toStop: id)
            guard (try? await client.stopWorker(id, StopRequest())) != nil else { return }
            ledger.note(stopped: id)
        }
    }

    private func sync(_ client: RuntimeClient, _ bundle: String) async {
        while let workspace = try? WorkspaceID("acme"), let bundle = try? BundleID(bundle) {
            let request = SyncRequest(workspace: workspace, bundle: bundle, channel: .latest)
            guard let report = try? await client.sync(request) else { return }
            ledger.note(report.release)
        }
    }
}
