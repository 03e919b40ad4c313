public import BundleModel

/// One side of a comparison.
public enum DiffSide: Hashable, Sendable {
    /// A published state.
    case reference(BundleReference)
    /// A directory, as publishing would read it.
    case directory(String)
}
