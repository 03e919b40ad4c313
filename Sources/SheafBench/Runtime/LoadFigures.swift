internal import Foundation

/// What `wrk` says of a path.
struct LoadFigures {
    /// Answers a second.
    let perSecond: Double
    /// What 99 of 100 answers took at most.
    let seconds99: Double

    /// Asks a path from 16 connections for some seconds; throws when an answer was not a good one.
    static func measured(_ place: Workplace, _ port: Int, _ path: String) async throws -> Self {
        let output = try await place.run(
            "wrk",
            ["-t2", "-c16", "-d4s", "--latency", "http://127.0.0.1:\(port)\(path)"])
        let text = String(decoding: output, as: UTF8.self)
        guard !text.contains("Non-2xx"), !text.contains("Socket errors"),
            let rate = text.firstMatch(of: /Requests\/sec:\s+([0-9.]+)/),
            let latency = text.firstMatch(of: /99%\s+([0-9.]+)(us|ms|s)/),
            let perSecond = Double(rate.1), let value = Double(latency.1)
        else { throw BenchError("wrk: \(text)") }
        let unit: Double =
            switch latency.2 {
            case "us": 1e-6
            case "ms": 1e-3
            default: 1
            }
        return LoadFigures(perSecond: perSecond, seconds99: value * unit)
    }
}
