import BundleModel
import Foundation
import TestSupport
import Testing
import WorkerRuntime

@Suite("Preflight")
struct PreflightTests {
    @Test("says for each profile what is granted, denied and missing, and reads no secret")
    func decisions() async throws {
        let accepted = try await AcceptedSetup(.asking)
        let runtime = accepted.runtime
        let denied = try await runtime.preflight(accepted.second)
        #expect(denied.map(\.profile.rawValue) == denied.map(\.profile.rawValue).sorted())
        #expect(denied.first { $0.profile.rawValue == "coder" }?.isReady == false)

        // A pipe that nobody writes to: whoever opened it to read would wait for ever.
        let pipe = accepted.setup.directory.appending("key").path(percentEncoded: false)
        let made = try await Program(
            "mkfifo", environment: TestEnvironment.base, directory: accepted.setup.directory.url
        ).run([pipe])
        try #require(made.succeeded)
        try accepted.setup.writePolicy(
            PolicyDecisionTests.generous.replacing("/run/key", with: pipe)
                .replacing("/srv/one", with: accepted.setup.source)
                .replacing("env: TRACKER", with: "env: SHEAF_NO_SUCH_VARIABLE"))
        let coder = try #require(
            try await runtime.preflight(accepted.second, profile: ProfileID("coder")).first)
        #expect(coder.preflight.isAllowed && !coder.isReady)
        let problems = Dictionary(
            uniqueKeysWithValues: coder.resources.map { ($0.reference, $0.problem) })
        #expect(
            problems["vault:models/main"] == "there is something else in the place of the file")
        #expect(problems["mount:checkout"] == .some(nil))
        #expect(
            problems["secret:tracker/api-token"]
                == "the runtime has no such variable in its environment")
        try accepted.setup.writePolicy(
            PolicyDecisionTests.generous.replacing("/run/key", with: pipe + "-gone")
                .replacing("/srv/one", with: accepted.setup.source + "/gone")
                .replacing("env: TRACKER", with: "env: PATH"))
        let gone = try #require(
            try await runtime.preflight(accepted.second, profile: ProfileID("coder")).first)
        #expect(
            gone.resources.compactMap(\.problem).sorted()
                == ["the directory is not there", "the file is not there"])
        for problem in gone.resources.compactMap(\.problem) {
            #expect(!problem.contains(accepted.setup.directory.path), "no path of the host")
        }
        #expect(try await runtime.workers().isEmpty)
    }

    @Test("works beside the owner of the store, and names what it does not know")
    func refused() async throws {
        let accepted = try await AcceptedSetup()
        let reader = try accepted.setup.runtime(.reader)
        #expect(try await reader.preflight(accepted.first).allSatisfy(\.isReady))
        let error = await failing(.invalidProfileSelector) {
            try await reader.preflight(accepted.second, profile: ProfileID("nobody"))
        }
        #expect(error?.hint?.contains("coder") == true)
        try accepted.setup.write(policy: "schema: sheaf/host-policy/v1\n")
        await failing(.hostPolicyDenied) { try await reader.preflight(accepted.second) }
        try accepted.setup.write(policy: "schema: sheaf/host-policy/v1\nx: 1\n")
        await failing(.hostPolicyInvalid) { try await reader.preflight(accepted.second) }
    }
}
