/// What a process wants of a runtime's store.
public enum StoreAccess: Hashable, Sendable {
    /// To write: one process at a time, which owns the store until it ends.
    case owner
    /// To read beside the owner.
    case reader
}
