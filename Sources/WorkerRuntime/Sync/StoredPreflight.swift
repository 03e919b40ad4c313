internal import BundleModel

/// What would happen to one profile, as a row of the store holds it.
struct StoredPreflight: Codable {
    private struct Failure: Codable {
        let code: String
        let message: String
        let hint: String?
    }

    private let profile: ProfileID
    private let denied: [DeniedGrant]
    private let dropped: [DeniedGrant]
    private let failure: Failure?

    /// The row's text for all profiles of a release.
    static func text(of profiles: [ProfilePreflight]) throws(SheafError) -> String {
        try HostJSON.encode(profiles.map(StoredPreflight.init))
    }

    /// Reads a row's text; throws `store_corrupt`.
    static func read(_ text: String) throws(SheafError) -> [ProfilePreflight] {
        try HostJSON.decode(text, as: [StoredPreflight].self).map {
            (stored) throws(SheafError) in try stored.outcome
        }
    }

    private init(_ outcome: ProfilePreflight) {
        profile = outcome.profile
        denied = outcome.denied
        dropped = outcome.dropped
        failure = outcome.failure.map {
            Failure(code: $0.code.rawValue, message: $0.message, hint: $0.hint)
        }
    }

    private var outcome: ProfilePreflight {
        get throws(SheafError) {
            let error = try failure.map { (failure) throws(SheafError) in
                guard let code = SheafError.Code(rawValue: failure.code) else {
                    throw SheafError(.storeCorrupt, "a row of the store names no error")
                }
                return SheafError(code, failure.message, hint: failure.hint)
            }
            return ProfilePreflight(
                profile: profile, denied: denied, dropped: dropped, failure: error)
        }
    }
}
