internal import BundleModel
internal import BundleRepository

/// Lets the program end with an ordinary error when a damaged repository makes it loop or crash.
enum DamageGuard {
    /// How long one read may take, in seconds; tests set it.
    static let variable = "SHEAF_READ_DEADLINE"

    /// Starts the guard for this process, with a report in the form that the console writes.
    static func start(_ console: Console) {
        let error = ReadGuard.error
        ReadGuard.start(
            deadline: deadline(DefaultLocations().variable(variable)),
            report: ErrorReport(error).rendered(for: console),
            status: error.code.presentation.exitStatus)
    }

    /// The time that a variable gives, between a millisecond and a day; else the standard one.
    static func deadline(_ value: String?) -> Duration {
        guard let value, let seconds = Double(value), seconds > 0 else {
            return ReadGuard.standardDeadline
        }
        return .milliseconds(Int(min(max(seconds * 1000, 1), 86_400_000)))
    }
}
