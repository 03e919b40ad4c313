/// A value in the JSON of `boundary-rules.json`.
///
/// Read by this and not by a decoder of a library: every program that scans reads the rules when it
/// starts, a push waits for it, and of that start `JSONDecoder` took a third (measured), most of it
/// looking up conformances. It reads the JSON of RFC 8259, without numbers that are no integers.
enum RulesValue: Hashable {
    case text(String)
    case number(Int)
    case list([RulesValue])
    case object([String: RulesValue])
    /// `null`, `true` and `false`, which no rule has.
    case word(String)

    /// What is wrong with a file of rules; a test excludes it for the standard.
    enum Problem: Error, Hashable {
        /// It is no JSON at this byte.
        case syntax(Int)
        /// A member is missing or of another type.
        case member(String)
    }

    /// The value of a text of JSON.
    static func read(_ bytes: [UInt8]) throws(Problem) -> RulesValue {
        var reader = RulesReader(bytes)
        return try reader.readAll()
    }

    private func member(_ name: String) throws(Problem) -> RulesValue {
        guard case .object(let members) = self, let member = members[name] else {
            throw .member(name)
        }
        return member
    }

    func text(_ name: String) throws(Problem) -> String {
        guard case .text(let text) = try member(name) else { throw .member(name) }
        return text
    }

    /// A text that may be missing.
    func optionalText(_ name: String) throws(Problem) -> String? {
        guard case .object(let members) = self, members[name] != nil else { return nil }
        return try text(name)
    }

    func texts(_ name: String) throws(Problem) -> [String] {
        try member(name).texts(named: name)
    }

    private func texts(named name: String) throws(Problem) -> [String] {
        guard case .list(let values) = self else { throw .member(name) }
        return try values.map { (value) throws(Problem) in
            guard case .text(let text) = value else { throw .member(name) }
            return text
        }
    }

    /// The members of a list, each made into something.
    func list<Member>(
        _ name: String, of make: (RulesValue) throws(Problem) -> Member
    ) throws(Problem) -> [Member] {
        guard case .list(let values) = try member(name) else { throw .member(name) }
        return try values.map(make)
    }

    func object(_ name: String) throws(Problem) -> RulesValue {
        let member = try member(name)
        guard case .object = member else { throw .member(name) }
        return member
    }

    /// Lists of words by their names.
    func lists(_ name: String) throws(Problem) -> [String: [String]] {
        guard case .object(let members) = try member(name) else { throw .member(name) }
        var lists: [String: [String]] = [:]
        for (key, value) in members { lists[key] = try value.texts(named: key) }
        return lists
    }
}
