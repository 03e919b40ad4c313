public import BundleModel
internal import Foundation

/// A wish for a worker: intent, profile selector and pin; never a resolved specification.
public struct CreateWorkerRequest: Hashable, Sendable {
    /// The worker's id, chosen by the caller: the same request under the same id gives the same
    /// worker.
    public let id: WorkerID
    /// Which profile.
    public let selector: ProfileSelector
    /// The bundle's contents; nil for a builtin profile.
    public let pin: ConfigBundleRef?
    /// What the worker is for.
    public let intent: WorkerIntent
    /// Capabilities that must be among those granted; read with
    /// `DeclarationReference.init(capability:)`.
    public let requiredCapabilities: [DeclarationReference]

    private static let maximumInput = 1 << 20
    private static let maximumLabels = 64
    private static let maximumLabel = 256

    /// Creates a request.
    public init(
        id: WorkerID, selector: ProfileSelector, pin: ConfigBundleRef?, intent: WorkerIntent,
        requiredCapabilities: [DeclarationReference] = []
    ) {
        self.id = id
        self.selector = selector
        self.pin = pin
        self.intent = intent
        self.requiredCapabilities = requiredCapabilities
    }

    /// Creates a request with a text as its intent.
    public init(
        id: WorkerID, selector: ProfileSelector, pin: ConfigBundleRef?, input: String
    ) {
        self.init(id: id, selector: selector, pin: pin, intent: WorkerIntent(input: input))
    }

    func requireWithinLimits() throws(SheafError) {
        let labels = intent.labels
        let isTooLarge =
            intent.input.utf8.count > Self.maximumInput || labels.count > Self.maximumLabels
            || requiredCapabilities.count > Self.maximumLabels
            || labels.contains {
                $0.key.utf8.count > Self.maximumLabel || $0.value.utf8.count > Self.maximumLabel
            }
        if isTooLarge {
            throw SheafError(
                .limitExceeded, "the intent is too large",
                hint: "an input has at most 1 MiB, a label 256 bytes; 64 labels at most")
        }
    }

    /// The SHA-256 of everything but the id, in a canonical form.
    var digest: SHA256Value {
        let capabilities = Set(requiredCapabilities.map(\.description)).sorted()
        let form = CanonicalJSON.text(
            .object([
                "selector": .text(selector.description), "pin": pin.map { .text($0.description) },
                "input": .text(intent.input),
                "labels": .object(intent.labels.mapValues { .text($0) }),
                "requiredCapabilities": .array(capabilities.map { .text($0) }),
            ]))
        return SHA256Value(hashing: Array(form.utf8))
    }
}
