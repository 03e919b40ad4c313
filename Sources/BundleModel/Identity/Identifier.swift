/// An id: a validated text of a kind of its own, so that one id is never taken for another.
public protocol Identifier: Hashable, Sendable, Comparable, CustomStringConvertible, Codable {
    /// What the id names, for messages: `bundle`, `channel`, …
    static var noun: String { get }
    /// The id as text.
    var rawValue: String { get }
    /// Validates a text.
    init(_ text: String) throws(IdentifierError)
}

extension Identifier {
    /// The id as text.
    public var description: String { rawValue }

    /// Orders ids by their bytes.
    public static func < (left: Self, right: Self) -> Bool {
        left.rawValue.utf8.lexicographicallyPrecedes(right.rawValue.utf8)
    }

    /// Reads an id from one text value, validating it.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        self = try Self(container.decode(String.self))
    }

    /// Writes the id as one text value.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }

    static func validated(_ text: String) throws(IdentifierError) -> String {
        if let problem = IdentifierRules.problem(with: text) {
            throw IdentifierError(noun: noun, text: text, problem: problem)
        }
        return text
    }
}

/// Why a text is not an id.
public struct IdentifierError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What the id would have named.
    public let noun: String
    /// What is wrong.
    public let problem: String
    /// The text, shortened and escaped.
    public let shown: String

    init(noun: String, text: String, problem: String) {
        self.noun = noun
        self.problem = problem
        self.shown = DisplayText.escape(String(text.prefix(64)))
    }

    /// The message: `bundle id 'Foo' may only contain …`.
    public var description: String { "\(noun) id '\(shown)' \(problem)" }

    /// The same as a ``SheafError``; `invalid_request` unless another code is given.
    public func asError(_ code: SheafError.Code = .invalidRequest) -> SheafError {
        SheafError(code, description, hint: "use lowercase letters, digits, '.', '_' and '-'")
    }
}
