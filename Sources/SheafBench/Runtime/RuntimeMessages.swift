internal import RuntimeProtocol

/// Requests to a runtime's daemon, as bytes.
enum RuntimeMessages {
    static func get(_ port: Int, _ path: String) -> [UInt8] {
        Array("GET \(path) HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\n\r\n".utf8)
    }

    static func post(_ port: Int, _ path: String, _ document: some Encodable) throws -> [UInt8] {
        let body = try WireJSON.encode(document)
        let head = [
            "POST \(path) HTTP/1.1", "Host: 127.0.0.1:\(port)", "Content-Type: application/json",
            "Content-Length: \(body.count)", "", "",
        ]
        return Array(head.joined(separator: "\r\n").utf8) + body
    }
}
