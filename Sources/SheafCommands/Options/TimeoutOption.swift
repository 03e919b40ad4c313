internal import ArgumentParser
internal import RuntimeProtocol

/// How long something may take that a user asks for, the same whoever does it: this process or a
/// daemon.
enum TimeoutOption {
    /// Throws unless a number of seconds is from 1 to the longest that a daemon takes, a day.
    static func validate(_ seconds: Int) throws {
        let longest = OwnerSyncRequest.longestSeconds
        guard (1...longest).contains(seconds) else {
            throw ValidationError("'--timeout' takes a number from 1 to \(longest).")
        }
    }
}
