import Foundation
import TestSupport
import Testing
import WorkerRuntime

@Suite("sheaf schema")
struct SchemaCommandTests {
    @Test("prints the schema of the host policy, and lists it beside those of a bundle")
    func hostPolicy() async throws {
        let desk = try Desk()
        let printed = try await desk.check("schema", "host-policy")
        #expect(
            printed.text.trimmingCharacters(in: .whitespacesAndNewlines)
                == HostPolicySchema.json.trimmingCharacters(in: .whitespacesAndNewlines))
        let listed = try await desk.check("schema")
        #expect(
            listed.lines.contains {
                $0.hasPrefix("host-policy") && $0.hasSuffix(HostPolicySchema.identifier)
            })
        #expect(
            listed.lines.contains { $0.hasPrefix("runtime") && $0.hasSuffix("sheaf/runtime/v1") })
        let refused = try await desk.sheaf.run("schema", "policy")
        #expect(refused.status == 2 && refused.errorText.contains("host-policy"))
    }
}
