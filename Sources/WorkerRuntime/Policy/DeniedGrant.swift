internal import BundleModel

/// Something that a profile asks for and the host policy does not give, and why.
public struct DeniedGrant: Hashable, Sendable, Codable, CustomStringConvertible {
    /// A stable reason.
    public enum Reason: String, Hashable, Sendable, Codable {
        /// The host policy does not name it.
        case notGranted = "not_granted"
        /// It is granted to others, not to this profile.
        case outOfScope = "out_of_scope"
        /// More is asked for than is granted.
        case accessExceeded = "access_exceeded"
        /// The host has another version of this plugin.
        case versionDiffers = "version_differs"
        /// The host has another package of this plugin.
        case digestDiffers = "digest_differs"
        /// The host policy has no command for this engine.
        case unknownEngine = "unknown_engine"
        /// A required capability that the profile does not have.
        case capabilityMissing = "capability_missing"
        /// The host policy grants it, and the host did not have it when the worker was started.
        case notAvailable = "not_available"
    }

    /// What was asked for, as the bundle names it: a reference, `plugin:<name>`, `engine:<name>`.
    public let subject: String
    /// The declaration's name in the bundle, where there is one.
    public let declaration: String?
    /// Why it is denied.
    public let reason: Reason
    /// The same in words.
    public let message: String

    /// The subject and the reason.
    public var description: String { "\(subject): \(message)" }

    /// The form in which a row of the store holds it.
    var json: CanonicalJSON.Value {
        .object([
            "subject": .text(subject), "declaration": declaration.map { .text($0) },
            "reason": .text(reason.rawValue), "message": .text(message),
        ])
    }
}
