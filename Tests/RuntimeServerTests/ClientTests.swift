import BundleModel
import RuntimeClient
import Testing

@Suite("A client of a runtime")
struct ClientTests {
    @Test(
        "sends a token in clear to this machine only, unless it is told to",
        arguments: [
            ("http://runtime.example:7430", false), ("http://10.0.0.1", false),
            ("http://127.0.0.1.evil.example", false), ("http://[2001:db8::1]:7430", false),
            ("http://localhost.evil.example:7430", false), ("http://127.1:7430", false),
            ("https://runtime.example:7430", true), ("http://127.0.0.1:7430", true),
            ("http://localhost:7430", true), ("http://LOCALHOST", true),
            ("http://[::1]:7430", true),
        ])
    func inClear(address: String, isGood: Bool) async throws {
        let endpoint = try RuntimeEndpoint(address)
        var configuration = RuntimeClientConfiguration(endpoint, token: "a token")
        if isGood {
            try await RuntimeClient(configuration).shutdown()
        } else {
            let error = await AccessTests.expect(.invalidRequest) {
                try await RuntimeClient(configuration).shutdown()
            }
            #expect(error?.message.contains("a token") == false)
        }
        configuration.allowsPlainHTTP = true
        try await RuntimeClient(configuration).shutdown()
        // Without a token there is nothing to keep.
        try await RuntimeClient(RuntimeClientConfiguration(endpoint)).shutdown()
    }
}
