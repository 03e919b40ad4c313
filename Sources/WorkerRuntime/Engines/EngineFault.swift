internal import BundleModel

/// Why an engine did not come to run, as the supervisor writes it down.
enum EngineFault: String, Codable, Hashable, Sendable {
    /// There is no such program, or its interpreter is missing.
    case missing
    /// It is there and may not be run.
    case notExecutable = "not_executable"
    /// It is no program that this system can run.
    case notAProgram = "not_a_program"
    /// The system could not start a process.
    case notStarted = "not_started"
    /// It ended within moments, with another status than 0.
    case endedAtOnce = "ended_at_once"

    /// The error for whoever asked for the worker: without the command, which is the host's own.
    ///
    /// - Parameter worker: the worker; nil when there is none yet.
    func error(_ worker: WorkerID?, _ engine: String, status: Int32?) -> SheafError {
        let subject =
            "the engine '\(engine)'" + (worker.map { " of worker '\($0)'" } ?? "")
        let policy = "its command is in 'engines' of the host policy"
        var details = ["engine": engine, "reason": rawValue]
        switch self {
        case .missing:
            return SheafError(
                .engineFailed, "\(subject) is not on this host", details: details,
                hint: "\(policy); install the program, and what its first line names")
        case .notExecutable:
            return SheafError(
                .engineFailed, "\(subject) is not executable", details: details,
                hint: "\(policy); chmod +x the program")
        case .notAProgram:
            return SheafError(
                .engineFailed, "\(subject) is not a program of this system", details: details,
                hint: "\(policy); a script begins with '#!' and its interpreter")
        case .notStarted:
            return SheafError(
                .engineFailed, "\(subject) could not be started: the system refused a process",
                details: details, hint: "see the host's limits of processes and memory")
        case .endedAtOnce:
            details["exitStatus"] = status.map(String.init)
            return SheafError(
                .engineFailed,
                "\(subject) ended at once" + (status.map { " with status \($0)" } ?? ""),
                details: details, hint: worker.map { "sheaf worker logs \($0) --stream stderr" })
        }
    }
}
