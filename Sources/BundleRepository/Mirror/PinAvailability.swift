/// Whether what a pin names can be used on a host.
public enum PinAvailability: Hashable, Sendable {
    /// Everything is here and as named.
    case available
    /// The bundle or commit is not here, or was never accepted.
    case missing(reason: String)
    /// The commit is here and has other contents than the pin names.
    case digestMismatch(reason: String)
}
