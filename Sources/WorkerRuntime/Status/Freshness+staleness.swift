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
    }

    /// Whether the last verified contact is too long ago; nil when it is not.
    func staleness(of contact: Date?, at moment: Date) -> Staleness? {
        guard let contact else { return .neverVerified }
        let age = moment.timeIntervalSince(contact)
        if age < 0 { return .clockWentBack }
        return age > TimeInterval(limit.components.seconds) ? .limitPassed : nil
    }
}
