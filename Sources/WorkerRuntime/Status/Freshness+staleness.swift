internal import Foundation

extension WorkspaceRule.Freshness {
    /// Why a contact is too long ago.
    enum Staleness: String {
        /// There never was one.
        case neverVerified = "never_verified"
        /// It is older than the limit.
        case limitPassed = "limit_passed"
        /// It lies in the future, which says that a clock was wrong, and not that anything is fresh.
        case clockWentBack = "clock_went_back"

        /// The same in words.
        func text(_ limit: Duration) -> String {
            switch self {
            case .neverVerified: "there was no verified contact yet"
            case .limitPassed:
                "last verified contact is more than \(limit.components.seconds) seconds ago"
            case .clockWentBack:
                "last verified contact lies in the future by this host's clock"
            }
        }
    }

    /// Whether the last verified contact is too long ago; nil when it is not.
    func staleness(of contact: Date?, at moment: Date) -> Staleness? {
        guard let contact else { return .neverVerified }
        let age = moment.timeIntervalSince(contact)
        if age < 0 { return .clockWentBack }
        return age > TimeInterval(limit.components.seconds) ? .limitPassed : nil
    }
}
