internal import TestSupport

/// A client of HTTP/1.1 on one connection: it asks, takes the whole answer, and asks again.
///
/// A connection that the server ends is made anew. One thread uses it.
final class LoadConnection {
    /// An answer that was not what was asked for.
    struct Broken: Error {}

    private let port: Int
    private var socket: LoopbackSocket?
    private var buffer: [UInt8] = []

    init(to port: Int) { self.port = port }

    /// Asks, and gives the body; throws when the status says neither that it went well nor 304.
    func exchange(_ request: [UInt8]) throws -> [UInt8] {
        let socket = try connection()
        guard socket.write(request) else { throw lost() }
        let end = try head(socket)
        let head = HeadFields(buffer[..<end])
        buffer.removeFirst(end)
        guard (200...299).contains(head.status) || head.status == 304 else { throw lost() }
        let body = head.isChunked ? try chunks(socket) : try take(head.length, socket)
        if head.isLast { self.socket = nil }
        return body
    }

    /// Ends the connection; the next exchange makes another.
    func close() {
        socket = nil
        buffer = []
    }

    private func connection() throws -> LoopbackSocket {
        if let socket { return socket }
        let made = try LoopbackSocket()
        guard made.connect(to: port) else { throw Broken() }
        buffer = []
        socket = made
        return made
    }

    private func lost() -> Broken {
        close()
        return Broken()
    }

    /// Reads more; the end of the connection is never what was waited for.
    private func more(_ socket: LoopbackSocket) throws {
        let part = socket.read(atMost: 64 << 10)
        if part.isEmpty { throw lost() }
        buffer += part
    }

    /// Reads as far as the empty line, and says where that ends.
    private func head(_ socket: LoopbackSocket) throws -> Int {
        var from = 0
        while true {
            if let end = Self.emptyLine(buffer, from) { return end }
            from = max(0, buffer.count - 3)
            try more(socket)
        }
    }

    private static func emptyLine(_ bytes: [UInt8], _ from: Int) -> Int? {
        var index = from
        while index + 3 < bytes.count {
            if bytes[index] == 0x0D, bytes[index + 1] == 0x0A, bytes[index + 2] == 0x0D,
                bytes[index + 3] == 0x0A
            {
                return index + 4
            }
            index += 1
        }
        return nil
    }

    private func take(_ count: Int, _ socket: LoopbackSocket) throws -> [UInt8] {
        while buffer.count < count { try more(socket) }
        let body = Array(buffer[..<count])
        buffer.removeFirst(count)
        return body
    }

    /// A body of chunks, without trailers; source: RFC 9112, section 7.1.
    private func chunks(_ socket: LoopbackSocket) throws -> [UInt8] {
        var body: [UInt8] = []
        while true {
            var end = buffer.firstIndex(of: 0x0A)
            while end == nil {
                try more(socket)
                end = buffer.firstIndex(of: 0x0A)
            }
            let line = String(decoding: buffer[..<(end ?? 0)], as: UTF8.self)
            guard let size = Int(line.prefix { $0.isHexDigit }, radix: 16) else { throw lost() }
            buffer.removeFirst((end ?? 0) + 1)
            body += try take(size, socket)
            _ = try take(2, socket)
            if size == 0 { return body }
        }
    }
}

/// What a client has to know of the head of an answer.
private struct HeadFields {
    private(set) var status = 0
    private(set) var length = 0
    private(set) var isChunked = false
    private(set) var isLast = false

    init(_ bytes: ArraySlice<UInt8>) {
        var rest = bytes
        while let end = rest.firstIndex(of: 0x0A) {
            let line = rest[..<end]
            rest = rest[(end + 1)...]
            if status == 0 {
                status = Self.number(line.dropFirst(9))
            } else if let value = Self.value("content-length:", line) {
                length = Self.number(value)
            } else if let value = Self.value("transfer-encoding:", line) {
                isChunked = value.first.map { $0 | 0x20 } == UInt8(ascii: "c")
            } else if let value = Self.value("connection:", line) {
                isLast = value.first.map { $0 | 0x20 } == UInt8(ascii: "c")
            }
        }
    }

    /// The field's value when the line is of that name, which is given in lower case.
    private static func value(
        _ name: String, _ line: ArraySlice<UInt8>
    ) -> ArraySlice<UInt8>? {
        guard line.count > name.utf8.count,
            zip(line, name.utf8).allSatisfy({ $0 | 0x20 == $1 | 0x20 })
        else { return nil }
        return line.dropFirst(name.utf8.count).drop { $0 == 0x20 }
    }

    /// The number that digits at the start make.
    private static func number(_ digits: ArraySlice<UInt8>) -> Int {
        digits.prefix { (0x30...0x39).contains($0) }.reduce(0) { $0 * 10 + Int($1) - 0x30 }
    }
}
