/// The steps of a collection between which a process can be killed; a test stops it at each.
package enum CollectionStep: String, CaseIterable, Sendable {
    /// What lives is known, nothing is written.
    case looked
    /// The new pack is on disk beside those that it replaces.
    case written
    /// One of the packs that it replaces is gone.
    case removedOne
    /// All of them are.
    case removedPacks
    /// The objects in files of their own are gone too.
    case removedLoose
}
