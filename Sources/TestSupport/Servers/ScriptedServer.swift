internal import Foundation
internal import Synchronization

/// A server whose every connection is answered by a closure, on a thread of its own.
package final class ScriptedServer: Sendable {
    private let listener: LoopbackSocket
    private let open = Mutex<[ObjectIdentifier: LoopbackSocket]>([:])
    /// Where it listens.
    package let port: Int

    /// Starts a server; the connection ends when the closure returns.
    package init(_ answer: @escaping @Sendable (LoopbackSocket) -> Void) throws {
        listener = try LoopbackSocket()
        try listener.listen()
        port = listener.port
        Thread.detachNewThread { [listener, weak self] in
            while let connection = listener.accept() {
                guard let self, self.began(connection) else { return connection.shutdown() }
                Thread.detachNewThread { [weak self] in
                    answer(connection)
                    connection.shutdown()
                    self?.ended(connection)
                }
            }
        }
    }

    /// A server of HTTP: what the closure gives for a request's head is written as it is, and the
    /// next request of the connection is read; none ends the connection.
    package static func http(
        _ answer: @escaping @Sendable (String) -> [UInt8]?
    ) throws -> ScriptedServer {
        try ScriptedServer { connection in
            while let head = connection.readRequest(), let bytes = answer(head) {
                guard connection.write(bytes) else { return }
            }
        }
    }

    deinit { stop() }

    /// Ends it and every connection.
    package func stop() {
        listener.shutdown()
        let left = open.withLock { open in
            defer { open = [:] }
            return Array(open.values)
        }
        for connection in left { connection.shutdown() }
    }

    private func began(_ connection: LoopbackSocket) -> Bool {
        open.withLock { $0[ObjectIdentifier(connection)] = connection }
        return true
    }

    private func ended(_ connection: LoopbackSocket) {
        open.withLock { _ = $0.removeValue(forKey: ObjectIdentifier(connection)) }
    }
}

extension LoopbackSocket {
    /// Reads one request of HTTP, its body included, and gives its head; nil when none comes.
    package func readRequest() -> String? {
        var bytes: [UInt8] = []
        let end = Array("\r\n\r\n".utf8)
        while true {
            if let head = bytes.firstRange(of: end) {
                let text = String(decoding: bytes[..<head.lowerBound], as: UTF8.self)
                let rest = bytes.count - head.upperBound
                return readBody(after: text, having: rest) ? text : nil
            }
            let more = read()
            if more.isEmpty || bytes.count > 1 << 20 { return nil }
            bytes += more
        }
    }

    private func readBody(after head: String, having count: Int) -> Bool {
        var left = -count
        for line in head.split(separator: "\r\n") {
            let parts = line.split(separator: ":", maxSplits: 1)
            if parts.count == 2, parts[0].lowercased() == "content-length" {
                left += Int(parts[1].trimmingCharacters(in: .whitespaces)) ?? 0
            }
        }
        while left > 0 {
            let more = read()
            if more.isEmpty { return false }
            left -= more.count
        }
        return true
    }
}
