import Foundation
import LibGit2
import Synchronization
import TestSupport
import Testing

/// TLS, credentials and proxies, with nginx and authorities made by `openssl`.
@Suite struct SecureWebTests {
    /// A repository behind nginx with TLS, and what its clients may hold of it.
    private struct Place {
        let pair: RemotePair
        let authority: CertificateAuthority
        let identity: TLSIdentity
        let client: TLSIdentity

        init() async throws {
            pair = try await RemotePair(files: 3)
            let folder = URL(filePath: pair.folder("keys"))
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            authority = try await CertificateAuthority(in: folder)
            identity = try await authority.identity("server", names: "IP:127.0.0.1")
            client = try await authority.identity("client")
        }

        func server(_ change: (inout GitWebServer.Options) -> Void = { _ in })
            async throws -> GitWebServer
        {
            var options = GitWebServer.Options()
            options.identity = identity
            change(&options)
            return try await GitWebServer(root: URL(filePath: pair.folder.path), options)
        }

        var trusting: PeerAccess {
            PeerAccess(authorities: authority.certificate.path(percentEncoded: false))
        }

        func fetch(
            _ server: GitWebServer, _ access: PeerAccess, host: String = "127.0.0.1"
        ) async -> Result<FetchOutcome, TransportError> {
            await pair.fetch(
                .http(port: server.port, "/sender/.git", isSecure: true, host: host), access)
        }
    }

    @Test("a server is trusted by the authority that is named", arguments: ["TLSv1.2", "TLSv1.3"])
    func versions(_ version: String) async throws {
        let place = try await Place()
        let server = try await place.server { $0.protocols = version }
        #expect(try await place.fetch(server, place.trusting).get().receivedObjects == 9)
        let connections = Set(server.requests.compactMap { $0.split(separator: " ").last })
        #expect(connections.count == 1)
    }

    @Test("a server that speaks an older version alone is not spoken to")
    func oldVersion() async throws {
        let place = try await Place()
        let server = try await place.server { $0.protocols = "TLSv1 TLSv1.1" }
        guard case .failure(.unavailable) = await place.fetch(server, place.trusting) else {
            Issue.record("it was spoken to")
            return
        }
    }

    @Test("HTTP/2 is spoken where the server offers it")
    func version2() async throws {
        let place = try await Place()
        let server = try await place.server { $0.offersHTTP2 = true }
        let noise = try Noise.bytes(3_000_000)
        try place.pair.folder.write("sender/noise", noise)
        _ = try await place.pair.git.commit("two")
        let outcome = try await place.fetch(server, place.trusting).get()
        #expect(outcome.receivedObjects == 12 && outcome.receivedBytes > 3_000_000)
        #expect(server.requests.allSatisfy { $0.contains(" HTTP/2.0 ") }, "\(server.requests)")
    }

    @Test("a server whose authority is not trusted is not asked for anything")
    func untrusted() async throws {
        let place = try await Place()
        let server = try await place.server()
        let other = try await CertificateAuthority(
            "other", in: URL(filePath: place.pair.folder.path))
        for access in [
            PeerAccess(), PeerAccess(authorities: other.certificate.path(percentEncoded: false)),
        ] {
            guard case .failure(.untrusted(let text)) = await place.fetch(server, access) else {
                Issue.record("it was trusted")
                continue
            }
            #expect(text.contains("authority"))
        }
        let missing = PeerAccess(authorities: place.pair.folder("none.pem"))
        guard case .failure(.untrusted) = await place.fetch(server, missing) else {
            Issue.record("it was trusted")
            return
        }
        #expect(server.requests == [])
    }

    @Test("a certificate for another name is not enough")
    func otherName() async throws {
        let place = try await Place()
        let server = try await place.server()
        let result = await place.fetch(server, place.trusting, host: "localhost")
        guard case .failure(.untrusted(let text)) = result else {
            Issue.record("\(result)")
            return
        }
        #expect(text.contains("another host") && server.requests == [])
    }

    @Test("a client shows its certificate where one is named")
    func clientCertificate() async throws {
        let place = try await Place()
        let server = try await place.server { $0.clientAuthority = place.authority.certificate }
        var access = place.trusting
        await #expect(throws: TransportError.self) { try await place.fetch(server, access).get() }
        access.certificate = place.client.certificate.path(percentEncoded: false)
        access.key = place.client.key.path(percentEncoded: false)
        #expect(try await place.fetch(server, access).get().receivedObjects == 9)
        // A connection that was made with a certificate is none for whoever has no such.
        await #expect(throws: TransportError.self) {
            try await place.fetch(server, place.trusting).get()
        }
        access.certificate = place.pair.folder("none.pem")
        guard case .failure(.unauthorized) = await place.fetch(server, access) else {
            Issue.record("a certificate that is not there was used")
            return
        }
    }

    @Test("a name and password are sent at once, and a wrong one is refused")
    func basic() async throws {
        let place = try await Place()
        let server = try await place.server { $0.credential = ("reader", "open sesame") }
        var access = place.trusting
        access.credential = .basic(user: "reader", password: "open sesame")
        #expect(try await place.fetch(server, access).get().receivedObjects == 9)
        #expect(server.requests.allSatisfy { $0.contains(" 200 ") })
        for credential in [nil, PeerCredential.basic(user: "reader", password: "closed")] {
            access.credential = credential
            let result = await place.fetch(server, access)
            guard case .failure(.unauthorized(let text)) = result else {
                Issue.record("\(result)")
                continue
            }
            #expect(!text.contains("closed"))
        }
    }

    @Test("what is sent as a credential, and what else stands in a request")
    func headers() async throws {
        let heads = Mutex<[String]>([])
        let server = try ScriptedServer { connection in
            while let head = connection.readRequest() {
                heads.withLock { $0.append(head) }
                connection.write(Array(HostileAnswer.whole(HostileAnswer.soundList).utf8))
            }
        }
        let pair = try await RemotePair(files: 0)
        let peer = PeerAddress.http(port: server.port, "/a")
        _ = await pair.fetch(peer, PeerAccess(credential: .bearer("one.two")))
        _ = await pair.fetch(peer, PeerAccess(credential: .basic(user: "me", password: "x:y")))
        _ = await pair.fetch(peer)
        let lists = heads.withLock { $0.filter { $0.hasPrefix("GET ") } }.map { head in
            Set(head.split(separator: "\r\n").dropFirst().map(String.init))
        }
        try #require(lists.count == 3)
        let basic = Data("me:x:y".utf8).base64EncodedString()
        #expect(lists[0].contains("Authorization: Bearer one.two"))
        #expect(lists[1].contains("Authorization: Basic \(basic)"))
        #expect(
            lists[2] == [
                "Host: 127.0.0.1:\(server.port)", "User-Agent: git/2.0 (sheaf)", "Accept: */*",
                "Pragma: no-cache",
            ])
    }

    @Test("a proxy is used when it is named, for TLS as a tunnel, and none when that is said")
    func proxies() async throws {
        let place = try await Place()
        let lines = Mutex<[String]>([])
        let proxy = try ScriptedServer { client in
            guard let head = client.readRequest(), let line = head.split(separator: "\r\n").first
            else { return }
            lines.withLock { $0.append(String(line)) }
            let target = line.split(separator: " ")[1]
            guard line.hasPrefix("CONNECT "),
                let port = target.split(separator: ":").last.flatMap({ Int($0) }),
                let upstream = try? LoopbackSocket(), upstream.connect(to: port)
            else {
                client.write(Array("HTTP/1.1 418 No\r\nContent-Length: 0\r\n\r\n".utf8))
                return
            }
            client.write(Array("HTTP/1.1 200 Connected\r\nX-Proxy: yes\r\n\r\n".utf8))
            Thread.detachNewThread {
                while true {
                    let bytes = client.read()
                    if bytes.isEmpty || !upstream.write(bytes) { break }
                }
                upstream.shutdown()
            }
            while true {
                let bytes = upstream.read()
                if bytes.isEmpty || !client.write(bytes) { break }
            }
        }
        let server = try await place.server()
        var access = place.trusting
        access.proxy = "http://127.0.0.1:\(proxy.port)"
        #expect(try await place.fetch(server, access).get().receivedObjects == 9)
        #expect(lines.withLock { $0 } == ["CONNECT 127.0.0.1:\(server.port) HTTP/1.1"])
        let plain = await place.pair.fetch(.http(port: 9, "/a"), access)
        guard case .failure(.unavailable(let text)) = plain else {
            Issue.record("\(plain)")
            return
        }
        #expect(text.contains("418"))
        #expect(
            lines.withLock { $0.last }
                == "GET http://127.0.0.1:9/a/info/refs?service=git-upload-pack HTTP/1.1")
        access.proxy = ""
        _ = try await place.fetch(server, access).get()
        #expect(lines.withLock { $0.count } == 2)
    }

    @Test("a description of a credential says nothing that is secret")
    func discretion() {
        for credential in [
            PeerCredential.basic(user: "u", password: "hidden"), .bearer("hidden"),
        ] {
            let access = PeerAccess(credential: credential)
            var dumped = ""
            dump(access, to: &dumped)
            #expect(!"\(access) \(credential) \(dumped)".contains("hidden"))
            #expect(!String(reflecting: access).contains("hidden"))
        }
    }
}

/// SSH as a user has it: what fails, and how it is said.
@Suite struct SecureShellTests {
    @Test("fails in words of its own, and asks nobody")
    func failures() async throws {
        let pair = try await RemotePair(files: 0)
        let server = try await SecureShellServer()
        let port = server.port
        func result(
            _ key: URL, _ hosts: URL, _ path: String, _ port: Int
        ) async -> TransportError? {
            let access = PeerAccess(
                credential: .keyFile(key.path(percentEncoded: false)),
                knownHosts: hosts.path(percentEncoded: false))
            let peer = PeerAddress.ssh(user: nil, host: "127.0.0.1", port: port, path: path)
            guard case .failure(let error) = await pair.fetch(peer, access) else { return nil }
            #expect(!"\(error)".contains("/") && !"\(error)".contains("127.0"), "\(error)")
            return error
        }
        let place = pair.folder("sender")
        let wrongKey = await result(server.otherKey, server.knownHosts, place, port)
        guard case .unauthorized = wrongKey else {
            Issue.record("\(String(describing: wrongKey))")
            return
        }
        for hosts in [server.otherHosts, URL(filePath: pair.folder("none"))] {
            let wrongHost = await result(server.clientKey, hosts, place, port)
            guard case .untrusted = wrongHost else {
                Issue.record("\(String(describing: wrongHost))")
                return
            }
        }
        let nowhere = await result(server.clientKey, server.knownHosts, place + "-none", port)
        guard case .unavailable(let text) = nowhere else {
            Issue.record("\(String(describing: nowhere))")
            return
        }
        #expect(!text.isEmpty)
        let free = try LoopbackPort.free()
        let nobody = await result(server.clientKey, server.knownHosts, place, free)
        #expect(nobody == .unavailable("nothing answers at its host and port"))
    }

    @Test(
        "what the program says of the host is not repeated, and what Git says is, without names",
        arguments: [
            ("Connection closed by 10.1.2.3 port 22", "the SSH connection broke off"),
            (
                "Unable to negotiate with 10.1.2.3 port 22: no matching host key type found.",
                "the SSH connection broke off"
            ),
            ("kex_exchange_identification: reset by 10.1.2.3", "the SSH connection broke off"),
            ("10.1.2.3: error: fatal: no more", "the SSH connection broke off"),
            ("", "the SSH connection broke off"),
            (
                "ssh: Could not resolve hostname git.inner.example: Name or service not known",
                "the name of its host cannot be resolved"
            ),
            (
                "hello, 10.1.2.3\nfatal: '/srv/our repos/acme' of Git.Inner.Example is not there",
                "fatal: (path) of (host) is not there"
            ),
        ])
    func complaints(_ said: String, _ shown: String) async throws {
        let pair = try await RemotePair(files: 0)
        try await pair.folder.install(
            "bin/ssh", "#!/bin/sh\ncat >&2 <<'END'\n\(said)\nEND\nexit 255\n")
        let result = await pair.receiver.fetch(
            FetchRequest(
                peer: .ssh(
                    user: "git", host: "git.inner.example", port: 22, path: "/srv/our repos/acme"),
                refspecs: ["+refs/heads/main:refs/incoming/main"], deadline: .seconds(60),
                maximumBytes: 1 << 20, searchPath: pair.folder("bin") + ":/usr/bin:/bin"))
        #expect(throws: TransportError.unavailable(shown)) { try result.get() }
    }

    @Test("a path with every character that a shell knows is the path that is asked for")
    func quoting() async throws {
        let pair = try await RemotePair(files: 0)
        let server = try await SecureShellServer()
        let name = #"it's a "path" with $(touch x) `y` ! * ; & \ and 日本"#
        try FileManager.default.moveItem(atPath: pair.folder("sender"), toPath: pair.folder(name))
        let access = PeerAccess(
            credential: .keyFile(server.clientKey.path(percentEncoded: false)),
            knownHosts: server.knownHosts.path(percentEncoded: false))
        let peer = PeerAddress.ssh(
            user: nil, host: "127.0.0.1", port: server.port, path: pair.folder(name))
        #expect(try await pair.fetch(peer, access).get().receivedObjects == 3, "\(server.log)")
    }

    @Test(
        "what would be an option is refused before anything runs",
        arguments: [
            PeerAddress.ssh(user: nil, host: "-oProxyCommand=x", port: nil, path: "/a"),
            .ssh(user: "-oProxyCommand=x", host: "host", port: nil, path: "/a"),
            .ssh(user: nil, host: "host", port: nil, path: "--upload-pack=x"),
        ])
    func options(_ peer: PeerAddress) async throws {
        let pair = try await RemotePair(files: 0)
        let result = await pair.fetch(peer)
        #expect(throws: TransportError.unavailable("its address begins with '-'")) {
            try result.get()
        }
    }
}
