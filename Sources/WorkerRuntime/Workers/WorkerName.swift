internal import BundleModel

/// What a worker is called by whoever asked for it: an id, which is of a workspace.
///
/// The id of a request is the key of its idempotency, and a tenant chooses it. Were it one of the
/// whole host, a tenant could take the ids of another and learn by asking which there are. So two
/// workspaces may each have a worker of one name. The store, the engine's directory and the owner of
/// the host know a worker by an id that no other has: its name where that is free, else one that is
/// made of it.
struct WorkerName: Hashable, Sendable {
    /// The workspace of the pin; nil without one, and then the id is that of the host, since only
    /// whoever sees all of it may ask.
    let workspace: WorkspaceID?
    /// The id that was asked for.
    let id: WorkerID

    init(_ request: CreateWorkerRequest) {
        workspace = request.pin?.workspace
        id = request.id
    }

    /// The ids that the worker may have on its host, in the order in which they are tried.
    func candidates() -> some Sequence<WorkerID> {
        var number = 0
        return AnyIterator { () -> WorkerID? in
            defer { number += 1 }
            return number == 0 ? id : another(number)
        }
    }

    /// An id in which the workspace cannot be read; whoever has taken it too gets the next one.
    private func another(_ number: Int) -> WorkerID? {
        let form = "\(workspace?.rawValue ?? "")/\(id)/\(number)"
        let mark = SHA256Value(hashing: Array(form.utf8)).hex.prefix(12)
        return try? WorkerID("\(id.rawValue.prefix(51))-\(mark)")
    }
}
