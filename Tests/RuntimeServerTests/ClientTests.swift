import BundleModel
import RuntimeClient
import TestSupport
import Testing

@Suite("A client of a runtime", .timeLimit(.minutes(1)))
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

    @Test(
        "waits for the whole of an answer no longer than it has time",
        arguments: [
            "", "HTTP/1.1 200 OK\r\n",
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{",
            "HTTP/1.1 500 No\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{\r\n",
        ])
    func silent(beginning: String) async throws {
        let server = try ScriptedServer { connection in
            guard connection.readRequest() != nil else { return }
            connection.write(beginning.utf8)
            // Nothing more comes until the client ends the connection.
            while !connection.read().isEmpty {}
        }
        defer { server.stop() }
        var configuration = RuntimeClientConfiguration(
            try RuntimeEndpoint("http://127.0.0.1:\(server.port)"))
        configuration.time = .milliseconds(300)
        let client = try RuntimeClient(configuration)
        let error = await AccessTests.expect(.deadlineExceeded) { try await client.describe() }
        #expect(error?.message == "the runtime did not answer in time")
        try await client.shutdown()
    }
}
