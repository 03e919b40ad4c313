internal import BundleModel

/// Where things of one worker are on this host.
struct WorkerDirectory: Hashable, Sendable {
    let root: String

    /// The directory of a worker below that of all workers.
    init(_ worker: WorkerID, in workers: String) {
        root = "\(workers)/\(worker)"
    }

    init(root: String) {
        self.root = root
    }

    /// What the worker is, as JSON, and the JSON Schema of that.
    var specification: String { "\(root)/spec.json" }
    var specificationSchema: String { "\(root)/spec.schema.json" }
    /// What the worker is for; the engine's standard input.
    var input: String { "\(root)/input" }
    /// The bundle's files.
    var bundle: String { "\(root)/bundle" }
    /// The engine's working directory and home.
    var work: String { "\(root)/work" }
    /// The engine's temporary files.
    var temporary: String { "\(root)/tmp" }
    /// What the engine writes.
    var logs: String { "\(root)/log" }

    /// What the supervisor and the host tell each other.
    var run: String { "\(root)/run" }
    /// Held by the supervisor for as long as it lives.
    var lock: String { "\(run)/lock" }
    /// Names the one attempt to start the engine that may do so.
    var token: String { "\(run)/token" }
    /// Is there from before the engine is started.
    var begun: String { "\(run)/begun" }
    /// The processes of the supervisor and the engine.
    var processes: String { "\(run)/processes.json" }
    /// How long the engine has to end after it was asked to.
    var stop: String { "\(run)/stop.json" }
    /// Written and removed at once, to find out whether anything can be written.
    var probe: String { "\(run)/probe" }
    /// How the engine ended.
    var end: String { "\(run)/end.json" }

    func log(_ stream: OutputStreamName) -> String { "\(logs)/\(stream.rawValue).log" }

    /// Every directory, those that hold others first.
    var all: [String] { [root, work, temporary, logs, run] }
}
