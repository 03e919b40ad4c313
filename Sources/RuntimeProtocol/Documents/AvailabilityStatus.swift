/// Whether a pin can be used on a host.
public enum AvailabilityStatus: String, Hashable, Sendable, Codable {
    /// Everything is here and as named.
    case available
    /// The commit is not here, or was never accepted, or the caller may not know of it.
    case missing
    /// The commit is here and has other contents than the digest says.
    case digestMismatch = "digest_mismatch"
}
