/// Whether the host has what its policy grants.
public struct ResourceDocument: Hashable, Sendable, Codable {
    /// The whole reference, e.g. `secret:tracker/api-token`.
    public let reference: String
    /// The declaration's name in the bundle.
    public let declaration: String
    /// Whether a worker is refused without it.
    public let required: Bool
    /// Why a worker could not get it now; nil when nothing speaks against it.
    public let problem: String?

    /// The names of the fields.
    public enum CodingKeys: String, WireKey {
        case reference, declaration, required, problem
    }

    /// Creates the document out of its fields.
    public init(reference: String, declaration: String, required: Bool, problem: String? = nil) {
        self.reference = reference
        self.declaration = declaration
        self.required = required
        self.problem = problem
    }
}
