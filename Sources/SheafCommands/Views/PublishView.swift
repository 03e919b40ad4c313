internal import BundleRepository

/// What a publish did, as JSON.
struct PublishView: Encodable {
    struct Made: Encodable {
        let repository: Installation.Part?
        let policy: Installation.Part?
    }

    let isNew: Bool
    let revision: RevisionView
    let release: ReleaseView?
    let leftOut: [LeftOutFile]
    let notes: [String]
    let made: Made?

    init(_ result: PublishResult, repository: Installation.Part?, policy: Installation.Part?) {
        isNew = result.isNew
        revision = RevisionView(result.revision)
        release = result.release.map(ReleaseView.init)
        leftOut = result.leftOut
        notes = result.notes
        made =
            repository == nil && policy == nil ? nil : Made(repository: repository, policy: policy)
    }
}
