internal import Foundation
internal import Synchronization

/// A server of HTTP that answers as another one did: the first GET and the first POST of each path.
///
/// It starts no program for an answer, so that a fetch can be repeated thousands of times.
package final class RecordedServer: Sendable {
    private let server: ScriptedServer
    /// Where it listens.
    package var port: Int { server.port }

    /// Answers every GET with the first and every POST with the second of the answers that were
    /// recorded one behind the other.
    package init(_ recorded: [UInt8]) throws {
        let start = Array("HTTP/1.1 200".utf8)
        let second = recorded.dropFirst().firstRange(of: start)?.lowerBound ?? recorded.endIndex
        let list = Array(recorded[..<second])
        let pack = Array(recorded[second...])
        server = try ScriptedServer.http { head in head.hasPrefix("GET ") ? list : pack }
    }
}
