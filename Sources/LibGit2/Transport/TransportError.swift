/// Why a fetch failed.
package enum TransportError: Error, Sendable, Hashable {
    /// The peer is not there, refused, or broke off; with its own words where it had any.
    case unavailable(String)

    case deadlineExceeded

    case cancelled

    /// The peer sent more than was allowed.
    case limitExceeded(bytes: Int)

    /// The peer does not have this reference.
    case reference(missing: String)

    /// This repository failed, or what came is damaged.
    case git(GitError)
}
