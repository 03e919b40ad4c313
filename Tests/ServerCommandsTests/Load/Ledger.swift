import BundleModel
import RuntimeProtocol
import Synchronization

/// What clients asked of a daemon, and what it said yes to.
final class Ledger: Sendable {
    struct Contents {
        /// Every request for a worker that was sent.
        var asked: [WorkerID: WorkerRequest] = [:]
        /// The workers that the daemon said were created.
        var created: [WorkerID: WorkerDocument] = [:]
        /// Those that somebody asked to stop.
        var stopping: Set<WorkerID> = []
        /// Those of which the daemon said that they are.
        var stopped: Set<WorkerID> = []
        /// The newest release that the daemon said is in service.
        var releases: [BundleID: ReleaseDocument] = [:]
        /// How often it said yes.
        var answers = 0
    }

    private let state = Mutex(Contents())

    var contents: Contents { state.withLock(\.self) }
    var answers: Int { state.withLock(\.answers) }

    func ask(for request: WorkerRequest) {
        state.withLock { $0.asked[request.workerId] = request }
    }

    func note(_ worker: WorkerDocument) {
        state.withLock { contents in
            contents.created[worker.workerId] = worker
            contents.answers += 1
        }
    }

    func ask(toStop id: WorkerID) {
        state.withLock { _ = $0.stopping.insert(id) }
    }

    func note(stopped id: WorkerID) {
        state.withLock { contents in
            contents.stopped.insert(id)
            contents.answers += 1
        }
    }

    func note(_ release: ReleaseDocument) {
        state.withLock { contents in
            let known = contents.releases[release.pin.bundle]
            if known.map({ $0.sequence < release.sequence }) ?? true {
                contents.releases[release.pin.bundle] = release
            }
            contents.answers += 1
        }
    }

    /// A worker that can be stopped: its engine was never to be started, and nobody asked before.
    func idleWorker() -> WorkerID? {
        state.withLock { contents in
            contents.created.first { id, worker in
                worker.startedAt == nil && !contents.stopping.contains(id)
            }?.key
        }
    }
}
