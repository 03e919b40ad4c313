/// Why a fetch failed.
package enum TransportError: Error, Sendable, Hashable {
    /// The peer is not there, refused, or broke off; with its own words where it had any.
    case unavailable(String)

    /// This host has no such program or library, which the way to the peer needs.
    case lacking(String)

    /// The peer refused the credential, or wants one.
    case unauthorized(String)

    /// The peer asks to come again later, in so many seconds where it says.
    case busy(seconds: Int?)

    /// The peer does not prove that it is who it should be.
    case untrusted(String)

    case deadlineExceeded

    /// The peer was silent for longer than it may be, before the deadline of all.
    case stalled(String)

    case cancelled

    /// The peer sent more than was allowed.
    case limitExceeded(bytes: Int)

    /// The peer does not have this reference.
    case reference(missing: String)

    /// This repository failed, or what came is damaged.
    case git(GitError)
}
