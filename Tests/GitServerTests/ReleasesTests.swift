import BundleModel
import Foundation
import TestSupport
import Testing

@testable import GitServer

@Suite("The feed of releases")
struct ReleasesTests {
    @Test("it tells what each channel is at, and nothing new is 304")
    func tells() async throws {
        try await ServedWorkspace.with { served in
            let answer = try await served.get("/acme/releases?bundle=agents")
            #expect(answer.status == 200)
            #expect(answer.text.contains(#""bundle":"agents","channel":"latest""#))
            #expect(!answer.text.contains("helpers"))
            let cursor = try #require(answer.field("ETag")?.trimmingCharacters(in: ["\""]))
            let again = try await served.get("/acme/releases?bundle=agents&since=\(cursor)")
            #expect(again.status == 304)
        }
    }

    @Test("one bundle has a feed of its own, beside its repository")
    func ofBundle() async throws {
        try await ServedWorkspace.with { served in
            let whole = try await served.get("/acme/releases?bundle=agents")
            let own = try await served.get("/acme/agents/releases")
            #expect(own.status == 200 && own.field("ETag") == whole.field("ETag"))
            #expect(!own.text.contains("helpers"))
        }
    }

    @Test("whoever waits is told of a release that is made past the server")
    func waits() async throws {
        try await ServedWorkspace.with { served in
            let first = try await served.get("/acme/releases?bundle=agents")
            let cursor = try #require(first.field("ETag")?.trimmingCharacters(in: ["\""]))
            async let waited = served.get("/acme/releases?bundle=agents&wait=60&since=\(cursor)")
            try await served.publishAgain("helpers", "not asked for")
            try await served.publishAgain("agents", "asked for")
            let answer = try await waited
            #expect(answer.status == 200)
            #expect(answer.text.contains(#""sequence":2"#), "\(answer)")
        }
    }

    @Test("whoever has waited asks again on the same connection")
    func keepsConnection() async throws {
        try await ServedWorkspace.with { served in
            let first = try await served.get("/acme/releases")
            let cursor = try #require(first.field("ETag")?.trimmingCharacters(in: ["\""]))
            let address = "http://127.0.0.1:\(served.port)/acme/releases?wait=1&since=\(cursor)"
            let made = try await Program(
                "/usr/bin/curl", environment: TestEnvironment.base,
                directory: FileManager.default.temporaryDirectory
            ).run([
                "--silent", "--write-out", "%{http_code} %{num_connects}\\n", address, address,
            ])
            #expect(made.lines == ["304 1", "304 0"], "\(made)")
        }
    }

    @Test(
        "parameters that mean nothing are refused",
        arguments: ["wait=-1", "wait=x", "wait=99999", "bundle=..%2f", "bundle=A", "other=1"])
    func parameters(query: String) async throws {
        try await ServedWorkspace.with { served in
            let answer = try await served.get("/acme/releases?\(query)")
            #expect(answer.status == 400)
            #expect(answer.code == "invalid_request")
        }
    }
}
