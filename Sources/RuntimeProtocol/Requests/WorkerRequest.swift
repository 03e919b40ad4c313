public import BundleModel

/// A wish for a worker: intent, profile selector and pin; never a resolved specification.
public struct WorkerRequest: Hashable, Sendable, Codable {
    /// The worker's id, chosen by the caller: the same request under the same id gives the same worker.
    public let workerId: WorkerID
    /// The selector: a name, `named:<name>` or `builtin:<name>`; nil for the default of the bundle.
    public let profile: String?
    /// The bundle's contents; nil for a builtin profile.
    public let bundle: BundlePin?
    /// What the worker is for.
    public let intent: IntentDocument
    /// Capabilities that must be among those granted.
    public let requiredCapabilities: [String]?
    /// Whether its engine is started; nil for yes.
    public let start: Bool?

    /// The names of the fields.
    public enum CodingKeys: String, WireKey {
        case workerId, profile, bundle, intent, requiredCapabilities, start
    }

    /// Creates the document out of its fields.
    public init(
        workerId: WorkerID, profile: String? = nil, bundle: BundlePin? = nil,
        intent: IntentDocument, requiredCapabilities: [String]? = nil, start: Bool? = nil
    ) {
        self.workerId = workerId
        self.profile = profile
        self.bundle = bundle
        self.intent = intent
        self.requiredCapabilities = requiredCapabilities
        self.start = start
    }
}
