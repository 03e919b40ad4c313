import BundleModel
import BundleRepository
import Foundation
import TestSupport
import Testing
import WorkerRuntime

/// A host with a bundle in service whose profiles each name one of the engines in `fixtures`, and a
/// policy that gives them a secret and a mount.
struct EngineSetup: Sendable {
    static let secret = "s3cr3t-of-the-host"
    static let engines = ["desk", "waits", "stubborn", "chatty", "fails"]

    let setup: RuntimeSetup
    let pin: ConfigBundleRef

    init(_ more: [String: String] = [:], on given: RuntimeSetup? = nil) async throws {
        setup = if let given { given } else { try await RuntimeSetup() }
        try setup.directory.write("the note\n", to: "checkout/note.txt")
        try setup.directory.write("\(Self.secret)\n", to: "secret.txt")
        try await setup.publish(Self.bundle(Self.engines + ["other"]).with(more))
        try Self.writePolicy(setup)
        pin = try await setup.runtime().sync(setup.bundle, on: .latest).pin
    }

    static func bundle(_ engines: [String]) -> SampleBundle {
        var files = [
            "policies/checkout.yaml": """
            schema: sheaf/declaration/v1
            kind: mount_grant
            ref: mount:checkout
            access: write
            expose: { at: checkout }
            """,
            "policies/tracker-token.yaml": """
            schema: sheaf/declaration/v1
            kind: secret_ref
            ref: secret:tracker/api-token
            expose: { env: TRACKER_TOKEN }
            """,
        ]
        for engine in engines {
            files["profiles/\(engine).yaml"] = """
                schema: sheaf/profile/v1
                engine: \(engine)
                prompts: { system: prompts/system.md }
                grants: [checkout, tracker-token]
                """
        }
        return SampleBundle.plain.with(files)
    }

    /// Writes the policy; `other` is the command of the engine of that name, `file` where the secret
    /// is, `grants` more of them, one a line, and `workspace` more keys of the workspace.
    static func writePolicy(
        _ setup: RuntimeSetup, other: String = "/nowhere/engine", file: String? = nil,
        grants: String = "", workspace: String = ""
    ) throws {
        let place = setup.directory.path
        let commands = engines.map {
            "  \($0): { command: [\"\(Fixtures.url("engines/\($0).sh").path(percentEncoded: false))\"] }"
        }
        try setup.writePolicy(
            """
            grants:
              "mount:checkout": { path: "\(place)/checkout", access: write, to: ["acme/*"] }
              "secret:tracker/api-token": { file: "\(file ?? "\(place)/secret.txt")", to: ["acme/*"] }
              \(grants)
            engines:
            \(commands.joined(separator: "\n"))
              other: { command: ["\(other)"] }
            """, workspace: workspace)
    }

    /// What runs engines, with the `sheaf` that this run built as supervisor.
    func launcher(
        settling: Duration = .milliseconds(250), logBytes: Int = 1 << 20,
        supervisor: [String]? = nil, recording: Duration = .seconds(10),
        environment: [String: String] = [:]
    ) throws -> ProcessLauncher {
        var limits = ProcessLauncher.Limits()
        limits.recording = recording
        limits.settling = settling
        limits.logBytes = logBytes
        return ProcessLauncher(
            store: setup.store, supervisor: try supervisor ?? Self.supervisor(setup.directory.url),
            environment: ProcessInfo.processInfo.environment.merging(environment) { $1 },
            limits: limits)
    }

    static func supervisor(_ home: URL) throws -> [String] {
        [try CommandLineTool(home: home).program.executable, "worker", "supervise"]
    }

    func runtime(
        _ access: StoreAccess = .owner, launcher: (any WorkerLauncher)? = nil
    ) throws -> WorkerRuntime {
        try WorkerRuntime.open(
            store: setup.store, policy: setup.policy, access: access,
            launcher: try launcher ?? self.launcher())
    }

    func request(_ engine: String, _ id: String = "one", input: String = "look at ticket 12")
        throws -> CreateWorkerRequest
    {
        CreateWorkerRequest(
            id: try WorkerID(id), selector: try ProfileSelector(engine), pin: pin, input: input)
    }

    func output(_ id: String = "one", _ stream: OutputStreamName = .output) throws -> String {
        String(decoding: try launcher().output(of: WorkerID(id), stream), as: UTF8.self)
    }

    func directory(_ id: String = "one") -> URL {
        setup.directory.appending("store/workers/\(id)")
    }

    func pins() async throws -> [String] {
        try await setup.mirrorGit().lines("for-each-ref", "--format=%(refname)", "refs/pins")
    }

    /// Waits until an engine has written a text; the test's time limit ends what never comes.
    func written(_ text: String, _ id: String = "one") async throws -> String {
        let launcher = try launcher()
        let id = try WorkerID(id)
        while true {
            if let bytes = try? launcher.output(of: id, .output) {
                let output = String(decoding: bytes, as: UTF8.self)
                if output.contains(text) { return output }
            }
            try await Self.moment()
        }
    }

    /// The numbers in an engine's output, which it writes of itself and its children.
    static func numbers(_ output: String) -> [Int32] {
        output.split { $0 == " " || $0 == "\n" }.compactMap { Int32($0) }
    }

    /// Waits until no such process is there, or it is dead and only not reaped.
    static func gone(_ process: Int32) async throws {
        while let stat = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8),
            stat.split(separator: ")").last?.hasPrefix(" Z") != true
        {
            try await moment()
        }
    }

    /// Lets others go on; throws when the time limit of the test has passed.
    static func moment() async throws {
        try Task.checkCancellation()
        await Task.yield()
    }
}
