/// A profile by where it comes from: `base` of the bundle, or `builtin:coder` of the runtime.
public enum ProfileReference: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// A profile of the bundle.
    case named(ProfileID)
    /// A profile compiled into the runtime.
    case builtin(ProfileID)

    /// Reads `<name>` or `builtin:<name>`.
    public init(_ text: String) throws(IdentifierError) {
        if text.hasPrefix("builtin:") {
            self = .builtin(try ProfileID(String(text.dropFirst(8))))
        } else {
            self = .named(try ProfileID(text))
        }
    }

    /// `<name>` or `builtin:<name>`.
    public var description: String {
        switch self {
        case .named(let name): name.rawValue
        case .builtin(let name): "builtin:\(name)"
        }
    }

    /// Orders references by their text.
    public static func < (left: Self, right: Self) -> Bool {
        left.description < right.description
    }
}
