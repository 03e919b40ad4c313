internal import BundleModel
internal import LibGit2

extension CommitID {
    init(_ id: ObjectID) throws(SheafError) {
        guard let commit = CommitID(id.hex) else {
            throw SheafError(.storeCorrupt, "a commit id is not 40 hex digits")
        }
        self = commit
    }

    func objectID() throws(SheafError) -> ObjectID {
        guard let id = ObjectID(hex: hex) else {
            throw SheafError(.invalidRequest, "'\(hex)' is not a commit id")
        }
        return id
    }
}
