internal import BundleModel
internal import Foundation
internal import Synchronization
internal import TestSupport

/// Whether our server stays as it is at load: polls, increments, waits for a release and a publish
/// each second, over and over.
enum SteadyLoadRows {
    private struct Load {
        var tips: [String]
        var isOver = false
        var failures: [String: Int] = [:]
        var answers = 0
    }

    static func run(_ place: Workplace) async throws -> [Row] {
        // The cache is small, so that it is full long before the first look.
        let site = try await NetworkSite.make(
            place, "steady", files: 1000, serverOptions: ["--cache", "2"])
        let load = Mutex(Load(tips: [try await site.tip().hex]))
        let port = site.ours.port
        let seconds = SteadyUsage.minutes * 60
        async let clients: Void = LoadRun.threads(12) { number in
            let connection = LoadConnection(to: port)
            var cursor = "none"
            while let request = request(number, port, load, cursor) {
                let body = try? connection.exchange(request)
                if number % 4 == 1, let body { cursor = FetchMessages.cursor(in: body) ?? cursor }
                load.withLock { load in
                    load.answers += 1
                    if body == nil { load.failures["client \(number % 4)", default: 0] += 1 }
                }
            }
        }
        var usage = SteadyUsage()
        do {
            usage = try await publish(site, load, seconds)
        } catch {
            load.withLock { $0.isOver = true }
            throw error
        }
        load.withLock { $0.isOver = true }
        await clients
        let (answers, failures) = load.withLock { ($0.answers, $0.failures) }
        guard failures.isEmpty else { throw BenchError("requests failed: \(failures)") }
        return usage.rows(
            "\(Row.digits(seconds / 60)) minutes at load, \(Int(Double(answers) / seconds)) "
                + "answers and a publish each second")
    }

    /// Publishes each second and looks at the server: at a fourth of the time, and from then on.
    private static func publish(
        _ site: NetworkSite, _ load: borrowing Mutex<Load>, _ seconds: Double
    ) async throws -> SteadyUsage {
        let clock = ContinuousClock()
        let start = clock.now
        var usage = SteadyUsage()
        var round = 0
        while clock.now - start < .seconds(seconds) {
            round += 1
            let tip = try await site.publish(round: round)
            load.withLock { $0.tips = $0.tips.suffix(19) + [tip.hex] }
            try await Task.sleep(until: start + .seconds(round), clock: clock)
            if clock.now - start > .seconds(seconds / 4) {
                usage.note(site.ours.usage, temporaryFiles: site.ours.temporaryFiles)
            }
        }
        return usage
    }

    /// What a client asks next; nil at the end. Of each four one polls, one waits for a release, and
    /// two ask for an increment.
    private static func request(
        _ number: Int, _ port: Int, _ load: borrowing Mutex<Load>, _ cursor: String
    ) -> [UInt8]? {
        let (tips, isOver) = load.withLock { ($0.tips, $0.isOver) }
        guard !isOver, let newest = tips.last else { return nil }
        switch number % 4 {
        case 0: return FetchMessages.poll(port)
        case 1: return FetchMessages.releases(port, since: cursor)
        default:
            guard tips.count > 1, let old = tips.dropLast().randomElement() else {
                return FetchMessages.poll(port)
            }
            return FetchMessages.increment(port, want: newest, have: old)
        }
    }
}
