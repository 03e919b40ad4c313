internal import BundleModel
internal import TestSupport

/// Requests a second of our server and of nginx with `git http-backend`, asked by the same clients.
enum RequestRateRows {
    private static let clients = 16
    private static let runtimes = 1000
    private static let rounds = 3

    static func run(_ place: Workplace) async throws -> [Row] {
        let site = try await NetworkSite.make(place, "rate", files: 1000)
        let old = try await site.tip()
        let new = try await site.publish(round: 1)
        return [
            try await polls(site), try await increments(site, want: new.hex, have: old.hex),
        ]
    }

    private static func polls(_ site: NetworkSite) async throws -> Row {
        try await row("polls with nothing new, 16 connections kept", site) { port in
            try await LoadRun.rate(
                to: port, clients: clients, seconds: 3, asking: FetchMessages.poll(port))
        }
    }

    private static func increments(
        _ site: NetworkSite, want: String, have: String
    ) async throws -> Row {
        for port in [site.ours.port, site.theirs.port] {
            let answer = try LoadConnection(to: port).exchange(
                FetchMessages.increment(port, want: want, have: have))
            guard answer.count > 1000, answer.contains(UInt8(ascii: "K")) else {
                throw BenchError("a fetch of the increment gave \(answer.count) bytes")
            }
        }
        return try await row("the same increment fetched by 1,000 runtimes", site) { port in
            try await LoadRun.rate(
                to: port, visitors: runtimes, atOnce: clients,
                asking: [
                    FetchMessages.poll(port),
                    FetchMessages.increment(port, want: want, have: have),
                ])
        }
    }

    /// The medians of some rounds in turn.
    private static func row(
        _ name: String, _ site: NetworkSite, _ rate: (Int) async throws -> Double
    ) async throws -> Row {
        var ours: [Double] = []
        var theirs: [Double] = []
        for _ in 0..<rounds {
            ours.append(try await rate(site.ours.port))
            theirs.append(try await rate(site.theirs.port))
        }
        let (left, right) = (PairedTiming.median(ours), PairedTiming.median(theirs))
        let ratio = PairedTiming.median(zip(ours, theirs).map { $0 / $1 })
        return Row(
            name: "\(name), requests a second", ours: "\(Int(left))/s",
            theirs: "\(Int(right))/s nginx + git http-backend", result: "\(Row.digits(ratio))×",
            target: "≥ 20×")
    }
}
