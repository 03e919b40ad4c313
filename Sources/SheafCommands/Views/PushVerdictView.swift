internal import BundleModel
internal import BundleRepository

/// What the push gate says, as JSON.
struct PushVerdictView: Encodable {
    struct Refusal: Encodable {
        let reference: String?
        let commit: CommitID?
        let error: ErrorView.Body
    }

    let accepted: Bool
    let refusals: [Refusal]

    init(_ verdict: PushVerdict) {
        accepted = verdict.isAccepted
        refusals = verdict.refusals.map {
            Refusal(
                reference: $0.reference.map(DisplayText.masked), commit: $0.commit,
                error: ErrorView($0.error).error)
        }
    }
}
