/// Which profile a worker is created from.
public enum ProfileSelector: Hashable, Sendable, CustomStringConvertible {
    /// `builtin:<name>`: a profile compiled into the runtime; no bundle is involved.
    case builtin(ProfileID)
    /// `named:<name>` or `<name>`: a profile of the pinned bundle.
    case named(ProfileID)
    /// The bundle's `defaultProfile`; the empty text.
    case bundleDefault

    /// Reads a selector; throws `invalid_profile_selector`.
    public init(_ text: String) throws(SheafError) {
        if text.isEmpty {
            self = .bundleDefault
            return
        }
        do {
            if text.hasPrefix("builtin:") {
                self = .builtin(try ProfileID(String(text.dropFirst(8))))
            } else if text.hasPrefix("named:") {
                self = .named(try ProfileID(String(text.dropFirst(6))))
            } else {
                self = .named(try ProfileID(text))
            }
        } catch {
            throw SheafError(
                .invalidProfileSelector, error.description,
                hint: "a selector is 'builtin:<name>', 'named:<name>' or '<name>'")
        }
    }

    /// The selector in its full form; empty for the bundle's default.
    public var description: String {
        switch self {
        case .builtin(let name): "builtin:\(name)"
        case .named(let name): "named:\(name)"
        case .bundleDefault: ""
        }
    }
}
