public import BundleModel

/// Whether the host has what its policy grants. No path and no value is in it.
public struct ResourceAvailability: Hashable, Sendable, Encodable {
    /// The whole reference, e.g. `secret:tracker/api-token`.
    public let reference: String
    /// The declaration's name in the bundle.
    public let declaration: String
    /// Whether a worker is refused without it; otherwise it goes without.
    public let required: Bool
    /// Why a worker could not get it now; nil when nothing speaks against it.
    public let problem: String?

    /// Creates a statement about what a declaration asks for.
    public init(_ declaration: Declaration, problem: String?) {
        reference = declaration.ref.description
        self.declaration = declaration.name.rawValue
        required = declaration.required
        self.problem = problem
    }

    /// Whether nothing speaks against it.
    public var isAvailable: Bool { problem == nil }
}
