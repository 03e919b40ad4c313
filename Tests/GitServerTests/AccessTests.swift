import BundleModel
import Foundation
import TestSupport
import Testing

@testable import AccessTokens
@testable import GitServer

@Suite("Who may see and do what")
struct AccessTests {
    static let fetchType = "application/x-git-upload-pack-request"

    /// Every way to ask for something that is not open to all: of a workspace and of one bundle.
    static func routes() throws -> [(method: String, path: String)] {
        let acme = try WorkspaceID("acme")
        let places = [
            Route.Place(workspace: acme, bundle: nil),
            Route.Place(workspace: acme, bundle: try BundleID("agents")),
        ]
        let routes = places.flatMap { place -> [Route] in
            [.references(place), .uploadPack(place), .receivePack(place), .releases(place)]
        }
        let all = [.health, .readiness, .metrics] + routes
        return all.flatMap { route in
            paths(of: route).map { ("\(route.method)", $0) }
        }
    }

    /// How a route is asked for; nothing for one that is open to all.
    private static func paths(of route: Route) -> [String] {
        switch route {
        case .health, .readiness: []
        case .metrics: [route.name]
        case .references:
            ["upload", "receive"].map { "/\(route.place).git\(route.name)?service=git-\($0)-pack" }
        case .uploadPack, .receivePack: ["/\(route.place).git\(route.name)"]
        case .releases: ["/\(route.place)\(route.name)"]
        }
    }

    @Test("every route needs a token once there is one, and says so alike")
    func needsToken() async throws {
        let expired = TokenBox()
        try await ServedWorkspace.with(prepare: { file, _ in
            expired.secret = try ServedWorkspace.token(
                in: file, [.read], expiresAt: Date(timeIntervalSince1970: 1))
        }) { served in
            let routes = try Self.routes()
            #expect(routes.count == 11)
            for (method, path) in routes {
                // It stands for what was meant, so that none is refused as a path that is none.
                #expect(Route(path: String(path.prefix { $0 != "?" })) != nil, "\(path)")
                for token in [nil, TokenSecret(), expired.secret] {
                    let answer = try await served.send(
                        ServedWorkspace.head(method, path, token) + "Content-Length: 0\r\n\r\n")
                    #expect(answer.status == 401, "\(method) \(path)")
                    #expect(answer.code == "unauthorized")
                    #expect(answer.field("WWW-Authenticate")?.hasPrefix("Basic") == true)
                }
            }
            #expect(try await served.get("/healthz").status == 200)
            #expect(try await served.get("/readyz").status == 200)
        }
    }

    @Test("a token sees its own bundle, and nothing of another one, whatever it asks for")
    func scoped() async throws {
        let token = TokenBox()
        try await ServedWorkspace.with(prepare: { file, _ in
            token.secret = try ServedWorkspace.token(
                in: file, [.read], bundles: [BundleID("helpers")])
        }) { served in
            let secret = try #require(token.secret)
            let names = try await served.git.lines("ls-remote", served.url("acme.git", secret))
            #expect(!names.isEmpty && names.allSatisfy { $0.contains("helpers") })
            let hidden = try await served.get("/acme/agents.git/info/refs", secret)
            let missing = try await served.get("/acme/nothing.git/info/refs", secret)
            #expect(hidden.status == 404)
            #expect(hidden.code == missing.code && missing.status == 404)
            let releases = try await served.get("/acme/releases", secret).text
            #expect(releases.contains("helpers") && !releases.contains("agents"))
            // Neither is it told that a commit of the hidden bundle is here.
            let tip = try await GitOracle(in: served.home.appending("acme.git"))
                .commit("refs/heads/bundles/agents")
            let own = try #require(names.first?.prefix(40))
            let asking =
                PacketLine.bytes("want \(own) multi_ack_detailed\n") + PacketLine.flush
                + PacketLine.bytes("have \(tip)\n") + PacketLine.flush
            let told = try await served.post(
                "/acme.git/git-upload-pack", Self.fetchType, asking, secret)
            #expect(told.text.contains("NAK") && !told.text.contains("ACK \(tip)"), "\(told)")
            // What a clone leaves out may be named by a branch that it sees, and by no other one;
            // where its history is cut off is nothing that is looked up among hidden objects.
            let tree = try await GitOracle(in: served.home.appending("acme.git"))
                .text("rev-parse", "refs/heads/bundles/agents^{tree}")
            for (line, status) in [
                ("deepen-not refs/heads/channels/helpers/latest", 200),
                ("deepen-not refs/heads/bundles/agents", 404),
                ("deepen-not bundles/agents", 404), ("deepen-not nothing", 404),
                ("shallow \(tree)", 200), ("shallow \(tip)", 200),
                ("shallow \(String(repeating: "1", count: 40))", 200),
            ] {
                let body =
                    PacketLine.bytes("want \(own) ofs-delta deepen-not\n")
                    + PacketLine.bytes("\(line)\n") + PacketLine.flush
                    + PacketLine.bytes("done\n")
                let answer = try await served.post(
                    "/acme.git/git-upload-pack", Self.fetchType, body, secret)
                #expect(answer.status == status, "\(line): \(answer)")
                #expect(!answer.text.contains("invalid"), "\(line): \(answer)")
            }
            // Every object of the hidden bundle, asked for by its id.
            let remote = GitOracle(in: served.home.appending("acme.git"))
            let objects = try await remote.lines(
                "rev-list", "--objects", "refs/heads/bundles/agents",
                "refs/heads/channels/agents/latest", "--not", "refs/heads/bundles/helpers",
                "refs/heads/channels/helpers/latest")
            #expect(objects.count > 5)
            for object in objects {
                let body =
                    PacketLine.bytes("want \(object.prefix(40)) ofs-delta\n")
                    + PacketLine.flush + PacketLine.bytes("done\n")
                for place in ["acme", "acme/helpers"] {
                    let answer = try await served.post(
                        "/\(place).git/git-upload-pack", Self.fetchType, body, secret)
                    #expect(answer.status == 404, "\(object)")
                    #expect(answer.code == "not_found")
                }
            }
        }
    }

    @Test("protocol version 2 is not spoken, so that no object is given by its id")
    func versionTwo() async throws {
        try await ServedWorkspace.with { served in
            let answer = try await served.send(
                ServedWorkspace.head(
                    "GET", "/acme.git/info/refs?service=git-upload-pack", nil)
                    + "Git-Protocol: version=2\r\n\r\n")
            #expect(answer.status == 200)
            #expect(!answer.text.contains("version 2"))
            #expect(answer.text.contains("refs/heads/bundles/agents"))
        }
    }

    @Test("a token of another workspace finds nothing here")
    func otherWorkspace() async throws {
        let token = TokenBox()
        try await ServedWorkspace.with(prepare: { file, _ in
            token.secret = try ServedWorkspace.token(
                in: file, [.read, .publish, .release], workspace: "umbrella")
        }) { served in
            for (method, path) in try Self.routes() where path != "/metrics" {
                let answer = try await served.send(
                    ServedWorkspace.head(method, path, token.secret)
                        + "Content-Length: 0\r\n\r\n")
                #expect(answer.status == 404, "\(method) \(path)")
            }
        }
    }

    @Test("a token that was revoked is refused, and the server goes on")
    func revoked() async throws {
        let (token, other) = (TokenBox(), TokenBox())
        try await ServedWorkspace.with(prepare: { file, _ in
            token.secret = try ServedWorkspace.token(in: file, [.read])
            other.secret = try ServedWorkspace.token(in: file, [.read])
        }) { served in
            let secret = try #require(token.secret)
            #expect(try await served.get("/acme/releases", secret).status == 200)
            try served.tokens.revoke(String(secret.hash.hex.prefix(12)))
            var status: Int? = 200
            let end = ContinuousClock.now + .seconds(20)
            while status == 200, ContinuousClock.now < end {
                status = try await served.get("/acme/releases", secret).status
            }
            #expect(status == 401)
            #expect(try await served.get("/acme/releases", other.secret).status == 200)
        }
    }
}

/// A token that is made before the server starts.
final class TokenBox: @unchecked Sendable {
    // Written before the server starts and read after: the tests' own order is the lock.
    var secret: TokenSecret?
}
