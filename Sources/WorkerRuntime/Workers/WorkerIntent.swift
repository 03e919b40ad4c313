internal import BundleModel

/// What a worker is for, in the words of whoever asked for it.
public struct WorkerIntent: Hashable, Sendable, Codable {
    /// The text that the worker gets as its input; at most 1 MiB.
    public let input: String
    /// Labels for people and inventories; at most 64 of 256 bytes each.
    public let labels: [String: String]

    /// Creates an intent.
    public init(input: String, labels: [String: String] = [:]) {
        self.input = input
        self.labels = labels
    }

    /// The form in which a row of the store holds it.
    var json: CanonicalJSON.Value {
        .object(["input": .text(input), "labels": .object(labels.mapValues { .text($0) })])
    }
}
