/// The requests of a fetch as a runtime sends them; source: gitprotocol-http(5), version 0.
enum FetchMessages {
    /// Asks for the list of references: a poll.
    static func poll(_ port: Int) -> [UInt8] {
        bytes(
            "GET", port, "/info/refs?service=git-upload-pack", fields: ["Accept: */*"], body: "")
    }

    /// Asks for what a release has that another one does not.
    static func increment(_ port: Int, want: String, have: String) -> [UInt8] {
        let words = "multi_ack_detailed side-band-64k include-tag thin-pack ofs-delta"
        let body =
            line("want \(want) \(words)\n") + "0000" + line("have \(have)\n") + line("done\n")
        return bytes(
            "POST", port, "/git-upload-pack",
            fields: [
                "Content-Type: application/x-git-upload-pack-request",
                "Accept: application/x-git-upload-pack-result",
                "Content-Length: \(body.utf8.count)",
            ], body: body)
    }

    /// Waits, but no longer than some seconds, until the channels are no longer where an earlier
    /// answer said.
    static func releases(_ port: Int, since cursor: String) -> [UInt8] {
        bytes(
            "GET", port, "/releases?wait=3&since=\(cursor)", fields: ["Accept: application/json"],
            body: "")
    }

    /// What an answer about releases says for the next question.
    static func cursor(in body: [UInt8]) -> String? {
        String(decoding: body, as: UTF8.self).firstMatch(of: /"cursor":"([0-9a-f]+)"/)
            .map { String($0.output.1) }
    }

    private static func line(_ text: String) -> String {
        let digits = String(text.utf8.count + 4, radix: 16)
        return String(repeating: "0", count: 4 - digits.utf8.count) + digits + text
    }

    private static func bytes(
        _ method: String, _ port: Int, _ suffix: String, fields: [String], body: String
    ) -> [UInt8] {
        let place = NetworkSite.workspace + (suffix.hasPrefix("/releases") ? "" : ".git")
        let head =
            [
                "\(method) /\(place)\(suffix) HTTP/1.1",
                "Host: 127.0.0.1:\(port)", "User-Agent: git/2.0 (sheaf)", "Pragma: no-cache",
            ] + fields
        return Array((head.joined(separator: "\r\n") + "\r\n\r\n" + body).utf8)
    }
}
