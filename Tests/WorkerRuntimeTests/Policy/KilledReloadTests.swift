import BundleModel
import BundleRepository
import Foundation
import Synchronization
import TestSupport
import Testing
import WorkerRuntime

/// A host that is killed while its policy is written and read anew, and workers come and go under it.
@Suite("A host that is killed while it reloads its policy", .timeLimit(.minutes(3)))
struct KilledReloadTests {
    /// What the process that is killed does: writes policies, each whole, reloads them, and creates and
    /// stops workers under them. It says of each worker on standard output that it was acknowledged.
    private static func work(
        _ store: String, _ policy: String, _ pin: String, _ place: String, _ round: Int,
        _ microseconds: UInt32
    ) async throws {
        let ticks = Ticks(before: round % 2 == 1 ? Int.random(in: 0..<24) : .max)
        let runtime = try WorkerRuntime.open(store: store, policy: policy)
        await runtime.watchSteps { _ in ticks.next() }
        // Every other round ends at any moment, the others after so many steps.
        if round % 2 == 0 { end(after: microseconds) }
        let text = try String(contentsOfFile: policy, encoding: .utf8)
        let pin = try ConfigBundleRef(pin)
        var number = 0
        while true {
            number += 1
            // The last line is the only one that differs.
            let next = text.split(separator: "\n", omittingEmptySubsequences: false)
                .filter { !$0.hasPrefix("# ") }.joined(separator: "\n")
            try Data("\(next)# \(round).\(number)\n".utf8).write(
                to: URL(filePath: policy), options: .atomic)
            ticks.next()
            try await runtime.reloadPolicy()
            ticks.next()
            let id = try WorkerID("w-\(round)-\(number)")
            try await runtime.createWorker(
                CreateWorkerRequest(
                    id: id, selector: .named(try ProfileID("coder")), pin: pin, input: "go"))
            let log = try FileHandle(forWritingTo: URL(filePath: place))
            try log.seekToEnd()
            try log.write(contentsOf: Data("\(id)\n".utf8))
            try log.close()
            if number % 3 == 0 { try await runtime.stopWorker(id) }
        }
    }

    private static func end(after microseconds: UInt32) {
        Thread.detachNewThread {
            usleep(microseconds)
            kill(getpid(), SIGKILL)
        }
    }

    /// Ends the process after a number of steps.
    private final class Ticks: Sendable {
        private let left: Mutex<Int>

        init(before count: Int) { left = Mutex(count) }

        func next() {
            let isLast = left.withLock { left in
                left -= 1
                return left < 0
            }
            if isLast { kill(getpid(), SIGKILL) }
        }
    }

    @Test("has a whole policy, every worker that it acknowledged, and refs that agree with rows")
    func anyMoment() async throws {
        let accepted = try await AcceptedSetup()
        let rounds =
            ProcessInfo.processInfo.environment["SHEAF_KILL_ROUNDS"].flatMap { Int($0) } ?? 24
        let (policy, pin) = (accepted.setup.policy, "\(accepted.second)")
        let store = accepted.setup.directory.appending("doomed").path(percentEncoded: false)
        do {
            let runtime = try WorkerRuntime.open(store: store, policy: policy)
            try await runtime.sync(accepted.bundle, on: .latest)
        }
        let log = try accepted.setup.directory.write("", to: "acknowledged")
        let place = log.path(percentEncoded: false)
        for round in 0..<rounds {
            // From before the store is open to some dozens of workers later.
            let microseconds = UInt32.random(in: 0..<150_000)
            await #expect(processExitsWith: .signal(SIGKILL)) {
                [
                    store = store as String, policy = policy as String, pin = pin as String,
                    place = place as String, round = round as Int,
                    microseconds = microseconds as UInt32
                ] in
                try await KilledReloadTests.work(store, policy, pin, place, round, microseconds)
            }
            let runtime = try WorkerRuntime.open(store: store, policy: policy)
            try await runtime.reloadPolicy()
            let workers = try await runtime.workers()
            let known = Set(workers.map(\.id.rawValue))
            let told = try String(contentsOf: log, encoding: .utf8).split(separator: "\n")
            #expect(told.allSatisfy { known.contains(String($0)) })
            let digest = try await runtime.reloadPolicy()
            let last = try await runtime.createWorker(
                CreateWorkerRequest(
                    id: WorkerID("after-\(round)"), selector: .named(ProfileID("coder")),
                    pin: accepted.second, input: "go"))
            #expect(last.worker.policyDigest == digest)
            for worker in try await runtime.workers() where worker.state.isLive {
                try await runtime.stopWorker(worker.id)
            }
            let git = GitOracle(
                in: URL(filePath: "\(store)/bundles/acme/support-agents.git"))
            #expect(try await git.lines("for-each-ref", "refs/pins") == [])
        }
        let git = GitOracle(in: URL(filePath: "\(store)/bundles/acme/support-agents.git"))
        try await git.check("fsck", "--full", "--strict")
        let told = try String(contentsOf: log, encoding: .utf8).split(separator: "\n").count
        #expect(told > 0, "no round came so far as to create a worker")
    }
}
