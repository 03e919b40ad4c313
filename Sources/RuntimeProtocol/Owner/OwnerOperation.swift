/// What the owner of a host may have its daemon do beside the API: only through the socket of the
/// store, and between programs of one version. Each is a `POST` of its document.
package enum OwnerOperation: String, CaseIterable, Sendable {
    /// ``OwnerSyncRequest``, answered as a sync of the API.
    case sync
    /// ``OwnerImportRequest``, answered as a sync of the API.
    case importFile = "import"
    /// ``OwnerForgetRequest``, answered with a ``ForgottenDocument``.
    case forget
    /// ``OwnerChannel``, answered with the one that is followed no more.
    case unfollow
    /// ``OwnerCollectRequest``, answered with what the library says of a collection.
    case collect

    /// Where it is asked for.
    package var path: String { "/owner/v1/\(rawValue)" }

    /// The operation of a path; nil for any other path.
    package init?(path: String) {
        guard let found = Self.allCases.first(where: { $0.path == path }) else { return nil }
        self = found
    }
}
