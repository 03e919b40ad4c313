internal import Foundation
internal import Synchronization

/// Many clients at once, each on a thread of its own that blocks: the same ones for every server.
enum LoadRun {
    /// Runs a body on so many threads and waits for all of them.
    static func threads(_ count: Int, _ body: @escaping @Sendable (Int) -> Void) async {
        await withTaskGroup(of: Void.self) { group in
            for number in 0..<count {
                group.addTask {
                    await withCheckedContinuation { continuation in
                        Thread.detachNewThread {
                            body(number)
                            continuation.resume()
                        }
                    }
                }
            }
        }
    }

    /// Answers a second to clients that ask the same again as soon as they have the answer.
    static func rate(
        to port: Int, clients: Int, seconds: Double, asking request: [UInt8]
    ) async throws -> Double {
        let counts = Mutex((answers: 0, failures: 0))
        let clock = ContinuousClock()
        let end = clock.now + .seconds(seconds)
        let time = try await PairedTiming.seconds {
            await threads(clients) { _ in
                let connection = LoadConnection(to: port)
                var (answers, failures) = (0, 0)
                while clock.now < end {
                    if (try? connection.exchange(request)) == nil { failures += 1 }
                    answers += 1
                }
                counts.withLock {
                    $0.answers += answers
                    $0.failures += failures
                }
            }
        }
        let (answers, failures) = counts.withLock { $0 }
        guard failures == 0 else { throw BenchError("\(failures) of \(answers) requests failed") }
        return Double(answers) / time
    }

    /// Requests a second of so many clients that come once each, on a connection of their own, and
    /// ask one thing after the other.
    static func rate(
        to port: Int, visitors: Int, atOnce: Int, asking requests: [[UInt8]]
    ) async throws -> Double {
        let state = Mutex((next: 0, failures: 0))
        let time = try await PairedTiming.seconds {
            await threads(atOnce) { _ in
                while state.withLock({
                    $0.next += 1
                    return $0.next <= visitors
                }) {
                    let connection = LoadConnection(to: port)
                    for request in requests where (try? connection.exchange(request)) == nil {
                        state.withLock { $0.failures += 1 }
                    }
                }
            }
        }
        let failures = state.withLock { $0.failures }
        guard failures == 0 else { throw BenchError("\(failures) requests failed") }
        return Double(visitors * requests.count) / time
    }

    /// How long answers took that were asked for at a steady rate, sorted: counted from when each
    /// was due, so that a stall shows in all that it held up.
    static func latencies(
        to port: Int, perSecond: Int, clients: Int, asking request: [UInt8],
        until isOver: @escaping @Sendable () -> Bool
    ) async throws -> [Double] {
        let all = Mutex((times: [Double](), failures: 0))
        let clock = ContinuousClock()
        let start = clock.now
        await threads(clients) { client in
            let connection = LoadConnection(to: port)
            var times: [Double] = []
            var failures = 0
            var number = client
            while !isOver() {
                let due = start + .seconds(Double(number) / Double(perSecond))
                let wait = (due - clock.now) / .microseconds(1)
                if wait > 0 { usleep(UInt32(min(wait, 1e6))) }
                if (try? connection.exchange(request)) == nil { failures += 1 }
                times.append((clock.now - due) / .seconds(1))
                number += clients
            }
            all.withLock {
                $0.times += times
                $0.failures += failures
            }
        }
        let (times, failures) = all.withLock { $0 }
        guard failures == 0 else { throw BenchError("\(failures) polls failed") }
        return times.sorted()
    }
}
