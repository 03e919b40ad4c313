/// A release that was made, as JSON.
struct ReleaseResult: Encodable {
    let release: ReleaseView
}
