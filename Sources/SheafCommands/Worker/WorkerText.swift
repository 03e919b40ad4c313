internal import BundleModel
internal import Foundation
internal import WorkerRuntime

/// Workers for people.
enum WorkerText {
    private static let inputColumns = 48

    static func table(_ workers: [WorkerSummary], _ style: TextStyle) -> String {
        var table = TextTable([
            "WORKER": .left, "STATE": .left, "MODE": .left, "PROFILE": .left, "BUNDLE": .left,
            "COMMIT": .left, "CREATED": .left, "INPUT": .left,
        ])
        for worker in workers {
            table.add([
                name(worker), worker.state.description, worker.mode.rawValue, worker.profile,
                worker.pin.map { "\($0.workspace)/\($0.bundle)" } ?? "-",
                worker.pin?.commit.short ?? "-", worker.createdAt.formatted(.iso8601),
                excerpt(worker.inputExcerpt),
            ])
        }
        return table.text(style)
    }

    /// The host's id, and that of the request where another workspace had it.
    private static func name(_ worker: WorkerSummary) -> String {
        worker.requestedID == worker.id
            ? worker.id.rawValue : "\(worker.id) (asked as \(worker.requestedID))"
    }

    /// Everything about one worker, one fact a line.
    static func detail(_ worker: WorkerView, _ style: TextStyle) -> String {
        var text = "\(style.bold(worker.id.rawValue)) (\(Self.state(worker.state)))\n"
        if worker.requestedID != worker.id { text += line("asked as", worker.requestedID.rawValue) }
        text += line("profile", "\(worker.profile), \(worker.mode.rawValue)")
        if let pin = worker.pin {
            text += line("bundle", "\(pin.workspace)/\(pin.bundle)")
            text += line("commit", pin.commit.hex)
            text += line("digest", pin.digest.description)
        }
        text += line("created", worker.createdAt.formatted(.iso8601))
        if let startedAt = worker.startedAt {
            text += line("started", startedAt.formatted(.iso8601))
        }
        if let endedAt = worker.endedAt {
            let word = worker.state == .stopped ? "stopped" : "ended"
            text += line(word, endedAt.formatted(.iso8601))
        }
        for granted in worker.grants.granted { text += line("granted", granted) }
        for dropped in worker.grants.dropped { text += line("without", "\(dropped)") }
        for label in worker.intent.labels.sorted(by: { $0.key < $1.key }) {
            text += line("label", "\(label.key)=\(label.value)")
        }
        if !worker.intent.input.isEmpty { text += line("input", excerpt(worker.intent.input)) }
        return text
    }

    /// Where an engine's output is on this host.
    static func log(_ output: String, _ error: String) -> String {
        line("stdout", output) + line("stderr", error)
    }

    private static func state(_ state: WorkerState) -> String {
        switch state {
        case .exited(let status): "exited with status \(status)"
        case .failed(let failure): "failed: \(failure)"
        default: state.name
        }
    }

    private static func line(_ key: String, _ value: String) -> String {
        "  " + key + String(repeating: " ", count: 10 - key.count) + TextStyle.safe(value) + "\n"
    }

    private static func excerpt(_ input: String) -> String {
        let line = input.prefix { $0 != "\n" }
        let isWhole = line.count == input.count && line.count <= inputColumns
        return isWhole ? String(line) : "\(line.prefix(inputColumns))…"
    }
}
