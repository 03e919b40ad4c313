import AccessTokens
import BundleModel
import Foundation
import RuntimeProtocol
import TestSupport
import Testing
import WorkerRuntime

@testable import RuntimeServer

@Suite("Requests to a runtime that are not in order")
struct BadRequestTests {
    static let json = "application/json"

    @Test("paths that stand for nothing are not found, and nothing is decoded")
    func paths() async throws {
        let digest = RouteCase.digest.description
        let long = String(repeating: "a", count: 10_000)
        let ids = [
            "..%2fw", "%2e%2e", "w%00", "%2e", "w%2f..", long, "-w", "..", ".", "", "W-1", "w 1",
            "\u{77}\u{301}", "%C3%A9", "w;x", "w:1", "1234", "con", "a.lock",
        ]
        let digests = [
            digest.uppercased(), "sha256%3a", "sha256%253A\(digest.dropFirst(7))",
            "sha1:\(digest.dropFirst(7))", "\(digest)0", "..%2f\(digest)", "\(digest)%00",
        ]
        let host = try await RuntimeHost()
        try await host.serve(try host.runtime("store")) { served in
            for id in ids {
                for path in ["/v1/workers/\(id)", "/v1/workers/\(id)/stop"] where !id.contains(" ")
                {
                    let answer = try await served.ask("GET", path)
                    // An empty id leaves the path of another route, or of none.
                    #expect(
                        [404, 400, 405].contains(answer.status), "\(path.prefix(60)): \(answer)")
                    #expect(
                        answer.status != 405 || id.isEmpty || id == ".." || id == ".", "\(path)")
                }
            }
            for digest in digests {
                let answer = try await served.ask("GET", "/v1/config-bundles/\(digest)")
                #expect(answer.status == 404, "\(digest): \(answer)")
                #expect(answer.code == "not_found")
            }
            for path in [
                "/", "/v1", "/v1/", "/v2/runtime", "/v1/runtime/", "//v1/runtime", "/v1/Runtime",
            ] {
                #expect(try await served.ask("GET", path).status == 404, "\(path)")
            }
            let escaped = digest.replacing(":", with: "%3A")
            let known = try await served.ask("GET", "/v1/config-bundles/\(escaped)")
            #expect(known.text.contains("no channel of this host"), "\(known)")
        }
    }

    @Test("another method is refused with those that there are")
    func methods() async throws {
        let host = try await RuntimeHost()
        try await host.serve(try host.runtime("store")) { served in
            for route in RouteCase.all {
                for method in ["DELETE", "PATCH", "OPTIONS", "TRACE", "HEAD"] {
                    let answer = try await served.ask(method, route.path)
                    #expect(answer.status == 405, "\(method) \(route)")
                    #expect(answer.field("Allow")?.contains(route.method) == true)
                }
            }
        }
    }

    @Test("queries are read strictly")
    func queries() async throws {
        let host = try await RuntimeHost()
        let availability = "/v1/config-bundles/\(RouteCase.digest)/availability"
        try await host.serve(try host.runtime("store")) { served in
            for path in [
                "/v1/workers?limit=0", "/v1/workers?limit=1001", "/v1/workers?limit=-1",
                "/v1/workers?limit=+1", "/v1/workers?limit=", "/v1/workers?limit=1&limit=2",
                "/v1/workers?limit=99999999999999999999", "/v1/workers?after=x",
                "/v1/workers?after=",
                "/v1/workers?page=2", "/v1/workers?limit", "/v1/workers?&", "/v1/runtime?x=1",
                "/v1/workers?after=20260101000000000~..%2f", availability,
                "\(availability)?commit=HEAD", "\(availability)?commit=\(RouteCase.commit)&x=1",
                "\(availability)?commit=%00", "/healthz?x=1",
            ] {
                let answer = try await served.ask("GET", path)
                #expect(answer.status == 400, "\(path): \(answer)")
                #expect(answer.code == "invalid_request")
            }
            #expect(try await served.ask("GET", "/v1/workers?").status == 200)
        }
    }

    @Test("a document of many small values is refused before it takes the memory that they would")
    func manyValues() async throws {
        let host = try await RuntimeHost()
        let labels = (0..<5000).map { #""l\#($0)":"x""# }.joined(separator: ",")
        let list = String(repeating: "0,", count: 500_000) + "0"
        let bodies = [
            #"{"workerId":"w","intent":{"input":"x","labels":{\#(labels)}}}"#,
            #"{"workerId":"w","intent":{"input":"x"},"requiredCapabilities":[\#(list)]}"#,
        ]
        try await host.serve(try host.runtime("store")) { served in
            for body in bodies {
                let answer = try await served.ask(
                    "POST", "/v1/workers", type: Self.json, body: Array(body.utf8))
                #expect(answer.status == 413, "\(answer)")
                #expect(answer.code == "limit_exceeded")
            }
        }
    }

    @Test("an order to stop whose body has no type is refused, and one without a body is taken")
    func untypedStop() async throws {
        let host = try await RuntimeHost()
        try await host.serve(try host.runtime("store")) { served in
            let body = Array(#"{"graceSeconds":1}"#.utf8)
            let untyped = try await served.ask("POST", "/v1/workers/w-1/stop", body: body)
            #expect(untyped.status == 415, "\(untyped)")
            let chunked = try await served.send(
                Array(
                    ("POST /v1/workers/w-1/stop HTTP/1.1\r\nHost: localhost\r\n"
                        + "Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + "2\r\n{}\r\n0\r\n\r\n").utf8))
            #expect(chunked.status == 415, "\(chunked)")
            for body in [nil, [UInt8]()] {
                let answer = try await served.ask("POST", "/v1/workers/w-1/stop", body: body)
                #expect(answer.status == 404, "\(answer)")
            }
        }
    }

    @Test("bodies that are no document are refused with a code, and nothing is kept")
    func bodies() async throws {
        let host = try await RuntimeHost()
        var limits = RuntimeServerLimits()
        limits.documentBytes = 10_000
        limits.workerBytes = 20_000
        limits.fileBytes = 20_000
        try await host.serve(try host.runtime("store"), limits: limits) { served in
            for path in ["/v1/workers", "/v1/config-bundles/sync", "/v1/config-bundles/preflight"] {
                try await Self.expectRefused(served, path)
                let empty = try await served.ask("POST", path, type: Self.json, body: [])
                #expect(empty.status == 400, "\(path): \(empty)")
            }
            try await Self.expectRefused(
                served, "/v1/workers/w-1/stop", and: [#"{"graceSeconds":"1"}"#])
            let place = "/v1/config-bundles/\(RouteCase.digest)"
            for (type, body, status): (String?, String, Int) in [
                (nil, "x", 415), (Self.json, "{}", 415), ("application/x-git-bundle", "", 422),
                ("application/octet-stream", "# v2 git bundle\n", 422),
                ("application/x-git-bundle", String(repeating: "x", count: 30_000), 413),
            ] {
                let answer = try await served.ask("PUT", place, type: type, body: Array(body.utf8))
                #expect(answer.status == status, "\(body.prefix(20)): \(answer)")
            }
            #expect(try await served.ask("GET", "/healthz").status == 200)
        }
        #expect(host.arriving.isEmpty)
    }

    /// Asks with bodies that are no document of any route, and others that are none of this one.
    private static func expectRefused(
        _ served: ServedRuntime, _ path: String, and others: [String] = [],
        overSocket: Bool = false
    ) async throws {
        let deep = String(repeating: "[", count: 5000)
        let cases: [(type: String?, body: String, status: Int)] =
            [
                (nil, "{}", 415), ("text/plain", "{}", 415), (json, deep, 400),
                (json, "null", 400), (json, "[]", 400), (json, #"{"x":1}"#, 400),
                ("application/json; charset=utf-8", #"{"x":1}"#, 400),
                (json, "\u{FEFF}{}", 400), (json, String(repeating: " ", count: 30_000), 413),
            ] + others.map { (json, $0, 400) }
        for (type, body, status) in cases {
            let answer = try await served.ask(
                "POST", path, type: type, body: Array(body.utf8), overSocket: overSocket)
            #expect(answer.status == status, "\(path) \(body.prefix(60)): \(answer)")
            #expect(answer.code == (status == 413 ? "limit_exceeded" : "invalid_request"))
        }
        let unknown = try await served.ask(
            "POST", path, type: json, body: Array(#"{"specification":{}}"#.utf8),
            overSocket: overSocket)
        #expect(unknown.status == 400 && unknown.text.contains("'specification'"), "\(unknown)")
    }

    @Test("the owner's orders are read as strictly, and a file is taken from nowhere else")
    func ownersBodies() async throws {
        let host = try await RuntimeHost()
        var limits = RuntimeServerLimits()
        limits.documentBytes = 10_000
        let name = "6ba7b810-9dad-11d1-80b4-00c04fd430c8.bundle"
        let kept = [name, "spool/kept.bundle", "spool/\(name.uppercased())"]
        for file in kept { try host.home.write("mine", to: file) }
        let files = [
            "../\(name)", "..", "", "./\(name)", "/\(name)", "..%2f\(name)", "kept.bundle",
            name.uppercased(), host.home.appending(name).path(), "\(name)\\u0000",
        ]
        let channel = #""bundle":"agents","channel":"latest""#
        let wrong: [OwnerOperation: [String]] = [
            .sync: ["1.5", #""1""#, "0", "86401", "-1", "1e30", "null"].map {
                "{\(channel),\"timeoutSeconds\":\($0)}"
            },
            .importFile: files.map { #"{"file":"\#($0)","timeoutSeconds":9}"# }
                + [#"{"file":1,"timeoutSeconds":9}"#],
            .forget: [
                #"{\#(channel),"reason":1}"#,
                #"{"bundle":"../x","channel":"latest","reason":"x"}"#,
            ],
            .unfollow: [
                #"{"bundle":"agents","channel":[]}"#, #"{"bundle":"-x","channel":"latest"}"#,
            ],
            .collect: [#""1""#, "-1", "1.5", "true", "99999999999999999999"].map {
                "{\"keepWorkersSeconds\":\($0)}"
            },
        ]
        let runtime = try host.runtime("store")
        try await host.serve(runtime, limits: limits) { served in
            for operation in OwnerOperation.allCases {
                try await Self.expectRefused(
                    served, operation.path, and: ["", "{}"] + (wrong[operation] ?? []),
                    overSocket: true)
            }
            #expect(try await runtime.status().isEmpty)
        }
        for file in kept {
            let text = try String(contentsOf: host.home.appending(file), encoding: .utf8)
            #expect(text == "mine", "\(file)")
        }
    }

    @Test("files that are cut or of another digest leave nothing, and what is in service stays")
    func files() async throws {
        let host = try await RuntimeHost()
        let facts = try await ContractTests.facts(host)
        let whole = Array(try Data(contentsOf: URL(filePath: facts.file)))
        try await host.serve(try host.runtime("store")) { served in
            let digest = facts.agents.pin.digest
            for length in [1, 20, 60, 200, whole.count / 2, whole.count - 1] {
                let answer = try await served.ask(
                    "PUT", "/v1/config-bundles/\(digest)", type: "application/x-git-bundle",
                    body: Array(whole.prefix(length)))
                #expect((400...499).contains(answer.status ?? 0), "\(length): \(answer)")
                #expect(answer.code != nil)
            }
            let other = try await served.ask(
                "PUT", "/v1/config-bundles/\(RouteCase.digest)",
                type: "application/x-git-bundle", body: whole)
            #expect(other.status == 409)
            #expect(other.code == "digest_mismatch")
            // A channel is followed only when somebody asked for it and was not refused its name.
            #expect(try await served.runtime.acceptedReleases().isEmpty)
            let bundles = host.home.appending("store/bundles/acme/agents.git").path()
            #expect(!FileManager.default.fileExists(atPath: bundles))
            let good = try await served.ask(
                "PUT", "/v1/config-bundles/\(digest)", type: "application/x-git-bundle", body: whole
            )
            #expect(good.status == 201, "\(good)")
            let again = try await served.ask(
                "PUT", "/v1/config-bundles/\(digest)", type: "application/x-git-bundle", body: whole
            )
            #expect(again.status == 200, "\(again)")
        }
        #expect(host.arriving.isEmpty)
    }

    @Test(
        "two lengths, bodies without end and slow senders are let go; others are served meanwhile")
    func framing() async throws {
        let host = try await RuntimeHost()
        var limits = RuntimeServerLimits()
        limits.documentTime = .milliseconds(300)
        limits.fileTime = .milliseconds(300)
        limits.documentBytes = 10_000
        limits.workerBytes = 10_000
        limits.fileBytes = 10_000
        limits.idle = .seconds(5)
        try await host.serve(try host.runtime("store"), limits: limits) { served in
            let two = try await served.send(
                Array(
                    ("POST /v1/workers HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\n"
                        + "Content-Length: 5\r\n\r\n0000").utf8))
            #expect(two.status == 400)
            let chunk = "1000\r\n\(String(repeating: "x", count: 4096))\r\n"
            for (method, path, type) in [
                ("POST", "/v1/workers", Self.json),
                ("PUT", "/v1/config-bundles/\(RouteCase.digest)", "application/x-git-bundle"),
            ] {
                let head =
                    "\(method) \(path) HTTP/1.1\r\nHost: localhost\r\nContent-Type: \(type)\r\n"
                let endless = try await served.send(
                    Array(
                        (head + "Transfer-Encoding: chunked\r\n\r\n"
                            + String(repeating: chunk, count: 64)).utf8))
                #expect(endless.status == 413, "\(endless)")
                async let slow = served.send(
                    Array((head + "Content-Length: 100\r\n\r\n{").utf8))
                let beside = try await served.ask("GET", "/v1/workers")
                #expect(beside.status == 200)
                #expect(try await slow.status == 408)
            }
            let head = try await served.send(Array("GET /v1/workers HTTP/1.1\r\nHost:".utf8))
            #expect(head.bytes.isEmpty)
        }
        #expect(host.arriving.isEmpty)
    }

    @Test("an answer is not sent again to who has it")
    func tags() async throws {
        let host = try await RuntimeHost()
        try await host.serve(try host.runtime("store")) { served in
            let first = try await served.ask("GET", "/v1/runtime")
            let tag = try #require(first.field("ETag"))
            #expect(tag.firstMatch(of: /^"sha256:[0-9a-f]{64}"$/) != nil)
            for known in [tag, "W/\(tag)", "\"x\", \(tag)", "*"] {
                let answer = try await served.ask(
                    "GET", "/v1/runtime", fields: "If-None-Match: \(known)\r\n")
                #expect(answer.status == 304, "\(known): \(answer)")
                #expect(answer.field("ETag") == tag)
            }
            let other = try await served.ask(
                "GET", "/v1/runtime", fields: "If-None-Match: \"x\"\r\n")
            #expect(other.status == 200)
        }
    }
}
