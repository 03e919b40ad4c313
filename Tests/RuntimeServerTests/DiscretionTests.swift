import BundleModel
import Foundation
import RuntimeClient
import RuntimeProtocol
import TestSupport
import Testing
import WorkerRuntime

@testable import RuntimeServer

@Suite("What a runtime keeps to itself over HTTP")
struct DiscretionTests {
    @Test("of an error of the host its paths are left out, and of its policy everything")
    func errors() {
        let error = HostDiscretion.outside(
            SheafError(
                .ioError, "the file '/srv/x y/a' cannot be written", details: ["at": "'/srv/b'"],
                hint: "look at '/srv'"))
        #expect(error.message == "the file '…' cannot be written")
        #expect(error.details == ["at": "'…'"])
        #expect(error.hint == "look at '…'")
        let plain = SheafError(.conflict, "worker 'w/1' differs", hint: "use 'a' or 'b'")
        #expect(HostDiscretion.outside(plain) == plain)
        let policy = HostDiscretion.outside(
            SheafError(
                .hostPolicyInvalid, "wrong", details: ["findings": "1"],
                findings: [Finding(code: .hostPolicyInvalid, rule: "x", message: "the key 'y'")]))
        #expect(policy.findings.isEmpty && policy.details.isEmpty)
    }

    @Test("the log says which rule and line of the policy it was, and neither a path nor a value")
    func facts() {
        let finding = Finding(
            code: .hostPolicyInvalid, rule: "unknown-key", path: "/etc/policy.yaml", line: 7,
            message: "the key 'hidden'")
        #expect(
            HostDiscretion.facts(
                SheafError(.hostPolicyInvalid, "'/etc/policy.yaml' is wrong", findings: [finding]))
                == ["code": "host_policy_invalid", "findings": "unknown-key in line 7"])
        #expect(
            HostDiscretion.facts(SheafError(.ioError, "the file '/srv/x' cannot be written"))
                == ["code": "io_error", "message": "the file '…' cannot be written"])
    }

    @Test("no answer has a path of the host, the source of a secret or the command of an engine")
    func answers() async throws {
        let host = try await RuntimeHost()
        let mount = try host.home.makeDirectory("hidden-checkout").path(percentEncoded: false)
        try host.write(
            policy: RuntimeHost.openPolicy(host.repository) + """
                grants:
                  "mount:checkout": { path: "\(mount)", access: write, to: ["acme/*"] }
                engines: { claude-code: { command: ["/opt/hidden-engine/run", --hidden-word] } }

                """)
        let runtime = try host.runtime("hidden-store")
        try await host.serve(
            runtime,
            change: { configuration in
                configuration.requireReady = { () throws(SheafError) in
                    try await runtime.reloadPolicy()
                }
            }
        ) { served in
            let sync = #"{"workspace":"acme","bundle":"agents","channel":"latest"}"#
            var answers: [String] = []
            func post(_ path: String, _ body: String) async throws {
                answers.append(
                    try await served.ask(
                        "POST", path, type: "application/json", body: Array(body.utf8)
                    ).text)
            }
            try await post("/v1/config-bundles/sync", sync)
            let pin = try await served.client { client in
                let channels = try await client.channels(after: nil, limit: nil).channels
                return try #require(channels.first?.accepted?.pin)
            }
            let bundle = String(decoding: try WireJSON.encode(pin), as: UTF8.self)
            try await post("/v1/config-bundles/preflight", #"{"bundle":\#(bundle)}"#)
            try await post(
                "/v1/workers",
                #"{"workerId":"w-1","bundle":\#(bundle),"intent":{"input":"x"}}"#)
            try await post(
                "/v1/workers",
                #"{"workerId":"w-2","bundle":\#(bundle),"intent":{"input":"x"},"#
                    + #""requiredCapabilities":["deploy"]}"#)
            try await post("/v1/workers/w-1/stop", "{}")
            // The repository is gone: what is said of it must not be where it was.
            try FileManager.default.moveItem(
                atPath: host.repository, toPath: host.home.appending("moved.git").path())
            try await post("/v1/config-bundles/sync", sync)
            for path in [
                "/v1/runtime", "/v1/workers", "/v1/workers/w-1", "/v1/config-bundles",
                "/v1/config-bundles/\(pin.digest)", "/metrics", "/readyz",
                "/v1/config-bundles/\(pin.digest)/availability?commit=\(pin.commit)",
            ] {
                answers.append(try await served.ask("GET", path).text)
            }
            try await post("/v1/config-bundles/sync", sync.replacing("agents", with: "helpers"))
            answers.append(
                try await served.ask(
                    "PUT", "/v1/config-bundles/\(pin.digest)", type: "application/x-git-bundle",
                    body: Array("no bundle".utf8)
                ).text)
            // A policy that cannot be read.
            try host.write(policy: "schema: sheaf/host-policy/v1\nnothing: \(mount)\n")
            try await post("/v1/config-bundles/preflight", #"{"bundle":\#(bundle)}"#)
            let unready = try await served.ask("GET", "/readyz")
            #expect(unready.status == 503, "\(unready)")
            answers.append(unready.text)
            #expect(answers.contains { $0.contains("mount:checkout") })
            #expect(answers.contains { $0.contains("\"sync_failed\"") })
            for answer in answers {
                for word in [
                    host.home.url.lastPathComponent, "acme.git", "hidden", "sheaf-arriving",
                ] {
                    #expect(!answer.contains(word), "\(word): \(answer)")
                }
            }
        }
    }
}
