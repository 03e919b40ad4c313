import BundleModel
import BundleRepository
import Foundation
import TestSupport
import Testing
import WorkerRuntime

@Suite("An engine that cannot run", .timeLimit(.minutes(2)))
struct EngineFailureTests {
    /// A command that is no engine: its file, the file's mode, and a part of the message.
    struct Broken: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let text: String?
        let mode: Int
        let reason: String
    }

    static let broken = [
        Broken(testDescription: "missing", text: nil, mode: 0, reason: "missing"),
        Broken(
            testDescription: "not executable", text: "#!/bin/sh\n", mode: 0o644,
            reason: "not_executable"),
        Broken(
            testDescription: "no program", text: "\u{7F}ELF, but no more of it\n", mode: 0o755,
            reason: "not_a_program"),
        Broken(
            testDescription: "without its interpreter", text: "#!/nowhere/interpreter\n",
            mode: 0o755, reason: "missing"),
        Broken(
            testDescription: "that ends at once", text: "#!/bin/sh\nexit 7\n", mode: 0o755,
            reason: "ended_at_once"),
        Broken(
            testDescription: "that a signal ends at once", text: "#!/bin/sh\nkill -9 $$\n",
            mode: 0o755, reason: "ended_at_once"),
    ]

    @Test("is engine_failed, recorded, lets the pin go and names no path", arguments: broken)
    func failed(_ broken: Broken) async throws {
        let host = try await EngineSetup()
        let path = host.setup.directory.appending("engine").path(percentEncoded: false)
        if let text = broken.text {
            try host.setup.directory.write(text, to: "engine")
            try FileManager.default.setAttributes(
                [.posixPermissions: broken.mode], ofItemAtPath: path)
        }
        try EngineSetup.writePolicy(host.setup, other: path)
        let runtime = try host.runtime()
        let request = try host.request("other")
        let error = await failing(.engineFailed) { try await runtime.createWorker(request) }
        #expect(error?.details["reason"] == broken.reason)
        #expect(error?.details["engine"] == "other")
        #expect(error?.hint?.isEmpty == false)
        for text in texts(within: error as Any) {
            #expect(!text.contains(host.setup.directory.path), "\(text)")
            #expect(!text.contains(EngineSetup.secret), "\(text)")
        }
        let worker = try await runtime.worker(WorkerID("one"))
        #expect(worker.state == .failed(.refused(.engineFailed)))
        #expect(worker.endedAt != nil)
        #expect(try await host.pins() == [])
    }

    @Test("can be put right: what never ran is started by the same request")
    func putRight() async throws {
        let host = try await EngineSetup()
        let runtime = try host.runtime()
        let request = try host.request("other")
        await failing(.engineFailed) { try await runtime.createWorker(request) }
        let waits = Fixtures.url("engines/waits.sh").path(percentEncoded: false)
        try EngineSetup.writePolicy(host.setup, other: waits)
        let again = try await runtime.createWorker(request)
        #expect(!again.isNew && again.worker.state == .running)
        #expect(again.worker.endedAt == nil)
        #expect(try await host.pins() == ["refs/pins/\(host.pin.commit)"])
        try await runtime.stopWorker(WorkerID("one"))
        #expect(try await host.pins() == [])
    }

    @Test(
        "as no system could run it can be put right too",
        arguments: broken.filter {
            $0.reason != "ended_at_once"
        })
    func putRightLater(_ broken: Broken) async throws {
        let host = try await EngineSetup()
        let path = host.setup.directory.appending("engine").path(percentEncoded: false)
        if let text = broken.text {
            try host.setup.directory.write(text, to: "engine")
            try FileManager.default.setAttributes(
                [.posixPermissions: broken.mode], ofItemAtPath: path)
        }
        try EngineSetup.writePolicy(host.setup, other: path)
        let runtime = try host.runtime()
        let request = try host.request("other")
        await failing(.engineFailed) { try await runtime.createWorker(request) }
        try host.setup.directory.write("#!/bin/sh\nexec sleep 600\n", to: "engine")
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
        #expect(try await runtime.createWorker(request).worker.state == .running)
        #expect(try await runtime.stopWorker(WorkerID("one")).state == .stopped)
    }

    @Test("because its supervisor never came to it is io_error, and never begins later")
    func neverBegun() async throws {
        let host = try await EngineSetup()
        let order = host.setup.directory.appending("order.json")
        let script = #"cat > "$0"; printf '{"begunBefore":{}}\n'"#
        let launcher = try host.launcher(
            supervisor: ["/bin/sh", "-c", script, order.path(percentEncoded: false)])
        let request = try host.request("waits")
        do {
            let runtime = try host.runtime(launcher: launcher)
            await failing(.ioError) { try await runtime.createWorker(request) }
            #expect(
                try await runtime.worker(WorkerID("one")).state == .failed(.refused(.ioError)))
            #expect(try await host.pins() == [])
        }
        // The supervisor comes to it after all.
        let supervisor = try EngineSetup.supervisor(host.setup.directory.url)
        let late = try await Program(
            supervisor[0], environment: TestEnvironment.base, directory: host.directory()
        ).run(
            Array(supervisor.dropFirst()) + [host.directory().path(percentEncoded: false)],
            input: Array(Data(contentsOf: order)))
        #expect(String(decoding: late.standardOutput, as: UTF8.self).contains("begunBefore"))
        #expect(try await host.launcher().condition(of: WorkerID("one")) == .notStarted)
        let runtime = try host.runtime()
        #expect(try await runtime.createWorker(request).worker.state == .running)
        try await runtime.stopWorker(WorkerID("one"))
    }

    @Test("because it ended at once is never started again")
    func once() async throws {
        let host = try await EngineSetup()
        let runtime = try host.runtime()
        let request = try host.request("fails")
        let error = await failing(.engineFailed) { try await runtime.createWorker(request) }
        #expect(error?.details["exitStatus"] == "3")
        #expect(try host.output("one", .error) == "cannot begin\n")
        let again = try await runtime.createWorker(request)
        #expect(!again.isNew && again.worker.state == .failed(.refused(.engineFailed)))
        #expect(try host.output("one", .error) == "cannot begin\n")
    }

    @Test("for want of what the policy grants is host_policy_denied, with all of it")
    func missingGrants() async throws {
        let host = try await EngineSetup()
        try FileManager.default.removeItem(at: host.setup.directory.appending("checkout"))
        try EngineSetup.writePolicy(host.setup, file: "/nowhere/secret")
        let runtime = try host.runtime()
        let error = await failing(.hostPolicyDenied) {
            try await runtime.createWorker(host.request("waits"))
        }
        #expect(
            error?.findings.map(\.message).sorted() == [
                "mount:checkout: the directory is not there",
                "secret:tracker/api-token: the file is not there",
            ])
        #expect(
            try await runtime.worker(WorkerID("one")).state
                == .failed(.refused(.hostPolicyDenied)))
        #expect(!FileManager.default.fileExists(atPath: host.directory().path()))
    }

    @Test("for want of a supervisor is io_error")
    func noSupervisor() async throws {
        let host = try await EngineSetup()
        let launcher = try host.launcher(supervisor: ["/nowhere/supervisor"])
        let runtime = try host.runtime(launcher: launcher)
        await failing(.ioError) { try await runtime.createWorker(host.request("waits")) }
        #expect(
            try await runtime.worker(WorkerID("one")).state == .failed(.refused(.ioError)))
    }

    @Test("because two mounts lie in each other makes nothing in the host's directory")
    func nestedMounts() async throws {
        let host = try await EngineSetup([
            "policies/inner.yaml": """
            schema: sheaf/declaration/v1
            kind: mount_grant
            ref: mount:checkout
            expose: { at: checkout/inner }
            """,
            "profiles/nested.yaml": """
            schema: sheaf/profile/v1
            engine: waits
            grants: [checkout, inner]
            """,
        ])
        let runtime = try host.runtime()
        await failing(.hostPolicyDenied) {
            try await runtime.createWorker(host.request("nested"))
        }
        let checkout = host.setup.directory.appending("checkout").path(percentEncoded: false)
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: checkout) == ["note.txt"])
    }
}
