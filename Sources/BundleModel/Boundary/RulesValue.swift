/// A value in the JSON of `boundary-rules.json`.
///
/// Read by this and not by a decoder of a library: every program that scans reads the rules when it
/// starts, a push waits for it, and of that start `JSONDecoder` took a third (measured), most of it
/// looking up conformances. It reads the JSON of RFC 8259, without numbers that are no integers and
/// without escapes in names. A text is decoded when it is asked for: what is there for reviewers
/// and tests costs a program that scans nothing.
struct RulesValue: Sendable {
    /// What kind of value it is.
    enum Kind: Hashable, Sendable {
        case text, number, list, object
        /// `null`, `true` and `false`, which no rule has.
        case word
    }

    /// What is wrong with a file of rules; a test excludes it for the standard.
    enum Problem: Error, Hashable {
        /// It is no JSON at this byte.
        case syntax(Int)
        /// A member is missing or of another type.
        case member(String)
    }

    private let text: RulesText
    private let number: Int

    private init(_ text: RulesText, _ number: Int) {
        self.text = text
        self.number = number
    }

    /// The value of a text of JSON.
    static func read(_ bytes: [UInt8]) throws(Problem) -> RulesValue {
        RulesValue(try RulesText(bytes), 0)
    }

    /// What kind of value it is.
    var kind: Kind { text.tokens[number].kind }

    /// What it says: a text without its quotes and escapes, a number or word as it stands.
    var content: String { text.content(of: text.tokens[number]) }

    /// The members of a list, or of an object without their names.
    var members: [RulesValue] {
        var members: [RulesValue] = []
        var next = number + 1
        let end = text.tokens[number].next
        while next < end {
            if kind == .object { next += 1 }
            members.append(RulesValue(text, next))
            next = text.tokens[next].next
        }
        return members
    }

    /// The names of an object's members, in their order.
    var names: [String] {
        guard kind == .object else { return [] }
        var names: [String] = []
        var next = number + 1
        while next < text.tokens[number].next {
            names.append(text.content(of: text.tokens[next]))
            next = text.tokens[next + 1].next
        }
        return names
    }

    private func find(_ name: String) -> RulesValue? {
        guard kind == .object else { return nil }
        var next = number + 1
        while next < text.tokens[number].next {
            if text.isName(text.tokens[next], name) { return RulesValue(text, next + 1) }
            next = text.tokens[next + 1].next
        }
        return nil
    }

    private func member(_ name: String, _ kind: Kind) throws(Problem) -> RulesValue {
        guard let member = find(name), member.kind == kind else { throw .member(name) }
        return member
    }

    func text(_ name: String) throws(Problem) -> String {
        try member(name, .text).content
    }

    /// A text that may be missing.
    func optionalText(_ name: String) throws(Problem) -> String? {
        find(name) == nil ? nil : try text(name)
    }

    /// A text as bytes.
    func bytes(_ name: String) throws(Problem) -> [UInt8] { try member(name, .text).bytes }

    private var bytes: [UInt8] { text.bytes(of: text.tokens[number]) }

    /// A text as bytes that may be missing.
    func optionalBytes(_ name: String) throws(Problem) -> [UInt8]? {
        find(name) == nil ? nil : try bytes(name)
    }

    func texts(_ name: String) throws(Problem) -> [String] {
        try list(name) { (value) throws(Problem) in
            guard value.kind == .text else { throw .member(name) }
            return value.content
        }
    }

    /// A list of texts as bytes.
    func words(_ name: String) throws(Problem) -> [[UInt8]] {
        try list(name) { (value) throws(Problem) in
            guard value.kind == .text else { throw .member(name) }
            return value.bytes
        }
    }

    /// The members of a list, each made into something.
    func list<Member>(
        _ name: String, of make: (RulesValue) throws(Problem) -> Member
    ) throws(Problem) -> [Member] {
        try member(name, .list).members.map(make)
    }

    func object(_ name: String) throws(Problem) -> RulesValue { try member(name, .object) }
}
