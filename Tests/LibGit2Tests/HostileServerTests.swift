import Foundation
import LibGit2
import Synchronization
import TestSupport
import Testing

/// Servers that answer what they should not: each ends with a typed error, in time, and with nothing
/// left behind.
@Suite struct HostileServerTests {
    private static func place(
        _ name: String, _ redirect: @escaping @Sendable (String) -> String?
    ) -> HostileAnswer {
        .bytes(name) { head in
            let target = redirect(head).map { "Location: \($0)\r\n" } ?? ""
            return "HTTP/1.1 302 Found\r\n\(target)Content-Length: 0\r\n\r\n"
        }
    }

    static let lists: [HostileAnswer] = [
        .endless(
            "references without end", HostileAnswer.isOverLimit,
            "HTTP/1.1 200 OK\r\nContent-Type: \(HostileAnswer.list)\r\n\r\n"
                + HostileAnswer.announcement, HostileAnswer.reference),
        .endless(
            "one line of a length without end", HostileAnswer.isUnavailable,
            "HTTP/1.1 200 OK\r\nContent-Type: \(HostileAnswer.list)\r\n\r\n"
                + HostileAnswer.announcement, "fff0"),
        .endless(
            "headers without end", HostileAnswer.isUnavailable, "HTTP/1.1 200 OK\r\n",
            "X-Filler: abcdefghijklmnopqrstuvwxyz\r\n"),
        .endless(
            "one header without end", HostileAnswer.isUnavailable, "HTTP/1.1 200 OK\r\nX: ", "a"),
        .endless(
            "provisional answers without end", HostileAnswer.isUnavailable, "",
            "HTTP/1.1 100 Continue\r\n\r\n"),
        .endless("a status line without end", HostileAnswer.isUnavailable, "HTTP/1.1 200 ", "a"),
        .endless("bytes that are no answer", HostileAnswer.isUnavailable, "", "\u{1}garbage"),
        .endless(
            "an error page without end", HostileAnswer.isUnavailable,
            "HTTP/1.1 500 Oh\r\nContent-Type: text/html\r\n\r\n", "<p>sorry</p>"),
        .endless(
            "chunks with extensions without end", HostileAnswer.isStalled,
            "HTTP/1.1 200 OK\r\nContent-Type: \(HostileAnswer.list)\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n1;", "x"),
        .bytes("a status that is none") { _ in "HTTP/1.1 abc\r\n\r\n" },
        .bytes("HTTP/0.9") { _ in HostileAnswer.soundList },
        .bytes("a page in place of the list") { _ in
            HostileAnswer.whole("<html>log in</html>", "text/html")
        },
        .bytes("a page that says it is a list") { _ in
            HostileAnswer.whole("<html>a page that is long enough to be one</html>")
        },
        .bytes("a list that says it is text") { _ in
            HostileAnswer.whole(HostileAnswer.soundList, "text/plain")
        },
        .bytes("a list for another service") { _ in
            HostileAnswer.whole("001f# service=git-receive-pack\n0000")
        },
        .bytes("a list without its announcement") { _ in
            HostileAnswer.whole(String(HostileAnswer.soundList.dropFirst(34)))
        },
        .bytes("no content at all") { _ in HostileAnswer.whole("") },
        .bytes("two lengths") { _ in
            HostileAnswer.whole(
                HostileAnswer.soundList, HostileAnswer.list, "Content-Length: 5\r\n")
        },
        .bytes("a negative length") { _ in
            "HTTP/1.1 200 OK\r\nContent-Type: \(HostileAnswer.list)\r\nContent-Length: -5\r\n\r\n"
        },
        .bytes("a chunk size that is no number") { _ in
            "HTTP/1.1 200 OK\r\nContent-Type: \(HostileAnswer.list)\r\n"
                + "Transfer-Encoding: chunked\r\n\r\nzz\r\n"
        },
        .bytes("an encoding that was not asked for") { _ in
            HostileAnswer.whole(
                HostileAnswer.soundList, HostileAnswer.list, "Content-Encoding: gzip\r\n")
        },
        .bytes("an encoding that hides many times its size") { _ in
            HostileAnswer.whole(
                HostileAnswer.soundList, HostileAnswer.list, "Content-Encoding: br, gzip\r\n")
        },
        .bytes("401", HostileAnswer.isUnauthorized) { _ in
            "HTTP/1.1 401 No\r\nWWW-Authenticate: Basic realm=x\r\nContent-Length: 0\r\n\r\n"
        },
        .bytes("403", HostileAnswer.isUnauthorized) { _ in
            "HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n"
        },
        .bytes("404") { _ in "HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n" },
        .bytes("429", HostileAnswer.isBusy(7)) { _ in
            "HTTP/1.1 429 Later\r\nRetry-After: 7\r\nContent-Length: 0\r\n\r\n"
        },
        .bytes("503", HostileAnswer.isBusy(nil)) { _ in
            "HTTP/1.1 503 Later\r\nRetry-After: Wed, 21 Oct 2015 07:28:00 GMT\r\n"
                + "Content-Length: 0\r\n\r\n"
        },
        .bytes("206") { _ in
            HostileAnswer.whole(HostileAnswer.soundList).replacing("200", with: "206")
        },
        .bytes("an answer that stops", HostileAnswer.isStalled) { _ in
            "HTTP/1.1 200 OK\r\nContent-Type: \(HostileAnswer.list)\r\nContent-Length: 500\r\n\r\n"
        },
        HostileAnswer(name: "no answer", isExpected: HostileAnswer.isStalled) { connection, _ in
            _ = connection.read()
            return false
        },
        place("a redirect to itself") { _ in "/info/refs?service=git-upload-pack" },
        place("redirects without end") { head in
            "/x\(head.count)/info/refs?service=git-upload-pack"
        },
        place("a redirect to another host") { _ in
            "http://192.0.2.1/info/refs?service=git-upload-pack"
        },
        place("a redirect to another port") { _ in
            "http://127.0.0.1:9/info/refs?service=git-upload-pack"
        },
        place("a redirect to another scheme") { _ in
            "https://127.0.0.1/info/refs?service=git-upload-pack"
        },
        place("a redirect to a file") { _ in "file:///etc/passwd" },
        place("a redirect to a name and password") { _ in
            "http://a:b@127.0.0.1/info/refs?service=git-upload-pack"
        },
        place("a redirect to another service") { _ in "/info/refs?service=git-receive-pack" },
        place("a redirect to something else") { _ in "/login" },
        place("a redirect to nothing") { _ in nil },
    ]

    static let transfers: [HostileAnswer] = [
        .inTransfer("a pack without end", HostileAnswer.isOverLimit) { connection in
            connection.write(
                Array(
                    ("HTTP/1.1 200 OK\r\nContent-Type: \(HostileAnswer.result)\r\n\r\n"
                        + "0008NAK\n").utf8))
            let progress = Array(String(repeating: "0009\u{2}wait", count: 7000).utf8)
            while connection.write(progress) {}
            return false
        },
        .inTransfer("a page in place of the pack") { connection in
            connection.write(Array(HostileAnswer.whole("<html>", "text/html").utf8))
        },
        .inTransfer("a redirect of the transfer") { connection in
            connection.write(
                Array(
                    ("HTTP/1.1 307 There\r\nLocation: /elsewhere/git-upload-pack\r\n"
                        + "Content-Length: 0\r\n\r\n").utf8))
        },
        .inTransfer("a refusal of the credential", HostileAnswer.isUnauthorized) { connection in
            connection.write(Array("HTTP/1.1 401 No\r\nContent-Length: 0\r\n\r\n".utf8))
        },
        .inTransfer("an empty answer") { connection in
            connection.write(Array(HostileAnswer.whole("", HostileAnswer.result).utf8))
        },
        .inTransfer("a connection that ends") { _ in false },
        .inTransfer("silence", HostileAnswer.isStalled) { connection in
            _ = connection.read()
            return false
        },
        .inTransfer("one byte at a time", { $0 == .deadlineExceeded }) { connection in
            connection.write(
                Array("HTTP/1.1 200 OK\r\nContent-Type: \(HostileAnswer.result)\r\n\r\n".utf8))
            while connection.write(Array("0009\u{2}wait".utf8)) { usleep(20_000) }
            return false
        },
        .inTransfer("an error in the protocol") { connection in
            connection.write(
                Array(HostileAnswer.whole("0014ERR go away now!", HostileAnswer.result).utf8))
        },
        .inTransfer("a pack that is none") { connection in
            connection.write(
                Array(
                    HostileAnswer.whole(
                        "0008NAK\n000d\u{1}PACKnone0000", HostileAnswer.result
                    ).utf8))
        },
    ]

    @Test("is refused with a reason, in time, and nothing is left", arguments: lists + transfers)
    func refused(_ hostile: HostileAnswer) async throws {
        let pair = try await RemotePair(files: 0)
        let requests = Mutex(0)
        let server = try ScriptedServer { connection in
            while let head = connection.readRequest() {
                requests.withLock { $0 += 1 }
                guard hostile.answer(connection, head) else { return }
            }
        }
        let result = await pair.receiver.fetch(
            FetchRequest(
                peer: .http(port: server.port, ""),
                refspecs: ["+refs/heads/main:refs/incoming/main"],
                access: PeerAccess(connect: .seconds(5), idle: .milliseconds(500)),
                deadline: .seconds(4), maximumBytes: 4 << 20))
        guard case .failure(let error) = result else {
            Issue.record("\(result)")
            return
        }
        #expect(hostile.isExpected(error), "\(error)")
        #expect(!"\(error)".contains("127.0.0.1") && !"\(error)".contains("/"), "\(error)")
        #expect(await pair.receiver.lastDuration < .seconds(8))
        #expect(requests.withLock { $0 } <= 8)
        #expect(try await pair.leftovers() == [])
    }

    @Test("an answer of HTTP/1.0, whose end is that of the connection, is as good as another")
    func oldVersion() async throws {
        let pair = try await RemotePair(files: 3)
        let server = try await GitWebServer(root: URL(filePath: pair.folder.path))
        let relay = try ScriptedServer { client in
            guard let upstream = try? LoopbackSocket(), upstream.connect(to: server.port),
                let request = client.readWholeRequest()
            else { return }
            // nginx answers a request of HTTP/1.0 without chunks, and ends the connection.
            upstream.write(
                Array(
                    String(decoding: request, as: UTF8.self)
                        .replacing(" HTTP/1.1\r\n", with: " HTTP/1.0\r\n", maxReplacements: 1).utf8)
            )
            var isFirst = true
            while true {
                var bytes = upstream.read()
                if bytes.isEmpty { return }
                if isFirst, bytes.starts(with: Array("HTTP/1.1".utf8)) {
                    bytes[7] = UInt8(ascii: "0")
                }
                isFirst = false
                client.write(bytes)
            }
        }
        let outcome = try await pair.fetch(.http(port: relay.port, "/sender/.git")).get()
        #expect(outcome.receivedObjects == 9)
    }

    @Test("a redirect within the server is followed, and the transfer goes where it led")
    func redirected() async throws {
        let pair = try await RemotePair(files: 3)
        var options = GitWebServer.Options()
        options.directives =
            "rewrite ^/old/(.*)$ /newer/$1 redirect;"
            + "rewrite ^/newer/(.*)$ /sender/.git/$1 permanent;"
        let server = try await GitWebServer(root: URL(filePath: pair.folder.path), options)
        let outcome = try await pair.fetch(.http(port: server.port, "/old")).get()
        #expect(outcome.receivedObjects == 9)
        #expect(
            server.requests.map { $0.split(separator: " ").prefix(3).joined(separator: " ") } == [
                "GET /old/info/refs?service=git-upload-pack 302",
                "GET /newer/info/refs?service=git-upload-pack 301",
                "GET /sender/.git/info/refs?service=git-upload-pack 200",
                "POST /sender/.git/git-upload-pack 200",
            ])
    }

    @Test("a cancelled transfer ends at once, whatever the server does", arguments: [true, false])
    func cancelled(_ isListing: Bool) async throws {
        let pair = try await RemotePair(files: 0)
        let asked = Mutex(false)
        let server = try ScriptedServer { connection in
            while let head = connection.readRequest() {
                if head.hasPrefix("GET "), !isListing {
                    connection.write(Array(HostileAnswer.whole(HostileAnswer.soundList).utf8))
                } else {
                    asked.withLock { $0 = true }
                }
            }
        }
        let result = await pair.receiver.fetch(
            FetchRequest(
                peer: .http(port: server.port, ""),
                refspecs: ["+refs/heads/main:refs/incoming/main"], deadline: .seconds(60),
                maximumBytes: 1 << 20),
            isCancelled: { asked.withLock { $0 } })
        #expect(throws: TransportError.cancelled) { try result.get() }
        #expect(await pair.receiver.lastDuration < .seconds(5))
    }

    @Test("where nobody listens the repository is not there")
    func nobody() async throws {
        let pair = try await RemotePair(files: 0)
        let port = try LoopbackPort.free()
        for peer in [
            PeerAddress.http(port: port, "/x"), .daemon(host: "127.0.0.1", port: port, path: "/x"),
            .http(port: port, "/x", host: "does-not-exist.invalid"),
            .daemon(host: "does-not-exist.invalid", port: port, path: "/x"),
        ] {
            let result = await pair.fetch(peer)
            guard case .failure(.unavailable(let text)) = result else {
                Issue.record("\(result)")
                continue
            }
            #expect(!text.contains("invalid") && !text.contains("127"), "\(text)")
        }
    }
}

extension LoopbackSocket {
    /// One request of HTTP as it came.
    fileprivate func readWholeRequest() -> [UInt8]? {
        var bytes: [UInt8] = []
        while true {
            let text = String(decoding: bytes, as: UTF8.self)
            if let end = text.firstRange(of: "\r\n\r\n") {
                let head = text[..<end.lowerBound].lowercased()
                let length =
                    head.firstMatch(of: /content-length: (\d+)/).flatMap { Int($0.1) } ?? 0
                if text[end.upperBound...].utf8.count >= length { return bytes }
            }
            let more = read()
            if more.isEmpty { return nil }
            bytes += more
        }
    }
}
