internal import BundleModel
internal import Foundation

/// How an engine ended: a file in the worker's directory, written once and whole.
struct EngineEnd: Codable, Hashable, Sendable {
    /// The exit status; 128 and the number of the signal when one ended it; nil when it never ran.
    var status: Int32?
    /// Whether it was ended because somebody stopped it.
    var wasStopped = false
    /// Why it did not come to run.
    var fault: EngineFault?
    /// When it was started, in seconds since 1970.
    var startedAt: Double?
    /// When it ended, in seconds since 1970.
    var endedAt: Double

    /// Whether the engine never came to run, and nobody asked for its end: it may be started anew.
    var isBeforeRunning: Bool {
        guard let fault, !wasStopped, startedAt == nil else { return false }
        return fault != .endedAtOnce
    }

    /// What is written down for a worker that was stopped, and did not write it down itself.
    static func stopped(startedAt: Double? = nil) -> EngineEnd {
        EngineEnd(
            wasStopped: true, startedAt: startedAt, endedAt: Date().timeIntervalSince1970)
    }

    /// The same for the runtime.
    var end: WorkerEnd {
        let moment = Date(timeIntervalSince1970: endedAt)
        let start = startedAt.map { Date(timeIntervalSince1970: $0) }
        let outcome: WorkerEnd.Outcome =
            if wasStopped {
                .stopped
            } else if fault != nil {
                .failed(.refused(.engineFailed))
            } else if let status {
                .exited(status: status)
            } else {
                .failed(.lost)
            }
        return WorkerEnd(outcome, startedAt: start, at: moment)
    }

    /// Reads the file of a worker; nil when there is none yet. Throws `io_error`.
    ///
    /// One that is there and damaged says that the engine has ended, and not how: it is lost.
    static func read(_ directory: WorkerDirectory) throws(SheafError) -> EngineEnd? {
        guard let file = try HostRecordFile.read(directory.end) else { return nil }
        let text = String(decoding: file, as: UTF8.self)
        if let end = try? HostJSON.decode(text, as: Self.self) { return end }
        return EngineEnd(endedAt: Date().timeIntervalSince1970)
    }
}
