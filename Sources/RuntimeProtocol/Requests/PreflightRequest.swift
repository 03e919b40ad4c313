public import BundleModel

/// A question what would become of workers of a pinned bundle.
public struct PreflightRequest: Hashable, Sendable, Codable {
    /// What workers would be created from.
    public let bundle: BundlePin
    /// One profile; nil for all.
    public let profile: ProfileID?

    /// The names of the fields.
    public enum CodingKeys: String, WireKey {
        case bundle, profile
    }

    /// Creates the document out of its fields.
    public init(bundle: BundlePin, profile: ProfileID? = nil) {
        self.bundle = bundle
        self.profile = profile
    }
}
