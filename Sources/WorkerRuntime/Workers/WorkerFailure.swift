public import BundleModel

/// Why a worker failed: a stable code.
public enum WorkerFailure: Hashable, Sendable, CustomStringConvertible {
    /// Its engine could not be started or ended at once, for the reason that an error of this code
    /// gave whoever asked: mostly `engine_failed`, `host_policy_denied` or `io_error`.
    case refused(SheafError.Code)
    /// `lost`: it was started, and what ran it ended without saying how it went. It is never started
    /// again.
    case lost

    /// Reads a code; nil for one that nothing has.
    public init?(code: String) {
        if code == "lost" {
            self = .lost
        } else if let code = SheafError.Code(rawValue: code) {
            self = .refused(code)
        } else {
            return nil
        }
    }

    /// The code.
    public var code: String {
        switch self {
        case .refused(let code): code.rawValue
        case .lost: "lost"
        }
    }

    /// The code.
    public var description: String { code }
}
