import LibGit2
import TestSupport
import Testing

/// What a server answers that means no good, and what a fetch has to make of it.
struct HostileAnswer: Sendable, CustomTestStringConvertible {
    let name: String
    let isExpected: @Sendable (TransportError) -> Bool
    let answer: @Sendable (LoopbackSocket, String) -> Bool

    var testDescription: String { name }

    /// An answer of bytes, after which the connection stays.
    static func bytes(
        _ name: String, _ expected: @escaping @Sendable (TransportError) -> Bool = isUnavailable,
        _ text: @escaping @Sendable (String) -> String
    ) -> HostileAnswer {
        HostileAnswer(name: name, isExpected: expected) { connection, head in
            connection.write(Array(text(head).utf8))
        }
    }

    /// Bytes without end behind the start of an answer.
    static func endless(
        _ name: String, _ expected: @escaping @Sendable (TransportError) -> Bool,
        _ start: String, _ part: String
    ) -> HostileAnswer {
        HostileAnswer(name: name, isExpected: expected) { connection, head in
            connection.write(Array(start.utf8))
            let many = Array(String(repeating: part, count: max(1, 65536 / part.count)).utf8)
            while connection.write(many) {}
            return false
        }
    }

    static let list = "application/x-git-upload-pack-advertisement"
    static let result = "application/x-git-upload-pack-result"
    static let announcement = "001e# service=git-upload-pack\n0000"
    static let tip = String(repeating: "1", count: 40)
    static let reference = "003d\(tip) refs/heads/flood"

    /// A whole answer.
    static func whole(_ body: String, _ type: String = list, _ fields: String = "") -> String {
        "HTTP/1.1 200 OK\r\nContent-Type: \(type)\r\nContent-Length: \(body.utf8.count)\r\n"
            + "\(fields)\r\n\(body)"
    }

    /// A list of one reference, as git writes it.
    static let soundList: String = {
        let line =
            "\(tip) refs/heads/main\0multi_ack_detailed side-band-64k ofs-delta agent=git/2.39\n"
        let digits = String(line.utf8.count + 4, radix: 16)
        return announcement + String(repeating: "0", count: 4 - digits.count) + digits + line
            + "0000"
    }()

    /// Answers the list soundly, and the transfer as told.
    static func inTransfer(
        _ name: String, _ expected: @escaping @Sendable (TransportError) -> Bool = isUnavailable,
        _ answer: @escaping @Sendable (LoopbackSocket) -> Bool
    ) -> HostileAnswer {
        HostileAnswer(name: name, isExpected: expected) { connection, head in
            if head.hasPrefix("GET ") { return connection.write(Array(whole(soundList).utf8)) }
            return answer(connection)
        }
    }

    static let isUnavailable: @Sendable (TransportError) -> Bool = {
        if case .unavailable(let text) = $0 { return !text.isEmpty }
        return false
    }
    static let isStalled: @Sendable (TransportError) -> Bool = {
        if case .stalled = $0 { return true }
        return false
    }
    static let isOverLimit: @Sendable (TransportError) -> Bool = {
        if case .limitExceeded = $0 { return true }
        return false
    }
    static let isUnauthorized: @Sendable (TransportError) -> Bool = {
        if case .unauthorized = $0 { return true }
        return false
    }
    static func isBusy(_ seconds: Int?) -> @Sendable (TransportError) -> Bool {
        { $0 == .busy(seconds: seconds) }
    }
}
