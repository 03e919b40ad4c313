import BundleModel
import Foundation
import TestSupport
import Testing
import WorkerRuntime

@Suite("What a worker finds in its directory", .timeLimit(.minutes(2)))
struct WorkerSpecTests {
    private static let script = """
        import hashlib, json, sys
        from jsonschema import Draft202012Validator
        text = open("spec.json", encoding="utf-8").read()
        schema = json.load(open("spec.schema.json", encoding="utf-8"))
        Draft202012Validator.check_schema(schema)
        spec = json.loads(text)
        for error in Draft202012Validator(schema).iter_errors(spec): print(error.message)
        profile = text[text.index('"profile":') + len('"profile":'):].rstrip("\\n")[:-1]
        digest = "sha256:" + hashlib.sha256(profile.encode()).hexdigest()
        if digest != spec["profileDigest"]: print("digest", digest, spec["profileDigest"])
        for name in spec["profile"]["prompts"].values(): open(spec["bundle"] + "/" + name)
        open(spec["input"]).read()
        print("read")
        """

    @Test("spec.json is what its schema says, and its digest is that of the profile in it")
    func schema() async throws {
        let host = try await EngineSetup()
        let runtime = try host.runtime()
        let worker = try await runtime.createWorker(host.request("waits")).worker
        let python = try await Program(
            ProcessInfo.processInfo.environment["SHEAF_PYTHON"] ?? "python3",
            environment: TestEnvironment.base, directory: host.directory()
        ).run(["-c", Self.script])
        #expect(python.trimmed == "read", "\(python)")
        let spec = try JSONDecoder().decode(
            Spec.self, from: Data(contentsOf: host.directory().appending(path: "spec.json")))
        #expect(spec.worker == "one" && spec.mode == "synced" && spec.selector == "waits")
        #expect(spec.policyDigest == "sha256:\(worker.policyDigest.hex)")
        #expect(spec.pin?["commit"] == host.pin.commit.hex)
        #expect(
            spec.grants.map(\.reference).sorted() == [
                "mount:checkout", "secret:tracker/api-token",
            ])
        #expect(spec.grants.first { $0.kind == "mount_grant" }?.at == "work/checkout")
        #expect(spec.grants.first { $0.kind == "secret_ref" }?.variable == "TRACKER_TOKEN")
        try await runtime.stopWorker(WorkerID("one"))
    }

    @Test("a secret is in no file of the store, and its source in none that the engine reads")
    func secret() async throws {
        let host = try await EngineSetup()
        let runtime = try host.runtime()
        try await runtime.createWorker(host.request("waits"))
        _ = try await host.written("pid")
        try await runtime.stopWorker(WorkerID("one"))
        for word in [EngineSetup.secret, "secret.txt"] {
            let found = try await Program(
                "grep", environment: TestEnvironment.base,
                directory: URL(filePath: "\(host.setup.store)/workers")
            ).run(["-r", "-l", "-e", word, "."])
            #expect(found.status == 1 && found.text == "", "\(found)")
        }
        let rows = try await StoreRows(host.setup).texts("SELECT specification FROM worker")
        #expect(rows.count == 1 && !rows[0].contains(EngineSetup.secret))
    }

    private struct Spec: Decodable {
        struct Grant: Decodable {
            let kind: String
            let reference: String
            let variable: String?
            let at: String?
        }

        let worker: String
        let mode: String
        let selector: String
        let policyDigest: String
        let pin: [String: String]?
        let grants: [Grant]
    }
}
