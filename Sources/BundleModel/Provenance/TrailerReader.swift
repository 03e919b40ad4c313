/// Takes each expected trailer exactly once and collects what is wrong with the rest.
struct TrailerReader {
    private let trailers: [Trailer]
    private var taken: Set<TrailerName> = []
    private var findings: [Finding] = []

    /// Findings in one message; what is beyond is not listed.
    private static let maximumFindings = 100
    /// Findings that the error names in its own message.
    private static let named = 10

    init(_ trailers: [Trailer]) {
        self.trailers = trailers.filter { TrailerName.claims($0.key) }
    }

    /// Takes one trailer, required exactly once on one line, and converts its value.
    mutating func take<Value>(_ name: TrailerName, _ convert: (String) -> Value?) -> Value? {
        taken.insert(name)
        let found = trailers.filter { $0.key == name.rawValue }
        guard let first = found.first else {
            report("trailer-missing", "'\(name.rawValue)' is missing")
            return nil
        }
        guard found.count == 1 else {
            report("trailer-repeated", "'\(name.rawValue)' stands \(found.count) times")
            return nil
        }
        guard !first.isFolded, let value = convert(first.value) else {
            report("trailer-malformed", "'\(name.rawValue)' has a malformed value")
            return nil
        }
        return value
    }

    /// Refuses a trailer that does not apply here.
    mutating func forbid(_ name: TrailerName, because reason: String) {
        taken.insert(name)
        if trailers.contains(where: { $0.key == name.rawValue }) {
            report("trailer-conflicting", "'\(name.rawValue)' does not apply \(reason)")
        }
    }

    /// Refuses every other trailer of Sheaf's own name space.
    mutating func refuseRest(allowing: (TrailerName) -> Bool) {
        for trailer in trailers {
            guard let name = TrailerName(rawValue: trailer.key) else {
                report("trailer-unknown", "\(KeyText.shown(trailer.key)) is not known")
                continue
            }
            if taken.contains(name) || (name.isReserved && allowing(name)) { continue }
            report("trailer-conflicting", "'\(name.rawValue)' does not belong here")
        }
    }

    func get<Value>(_ value: Value?, subject: String) throws(SheafError) -> Value {
        if let value, findings.isEmpty { return value }
        var messages = findings.prefix(Self.named).map(\.message)
        let others = findings.count - messages.count
        if others > 0 { messages.append("and \(others) more") }
        throw SheafError(
            .provenanceInvalid, "\(subject): \(messages.joined(separator: "; "))",
            hint: "'sheaf publish' and 'sheaf channel' write these trailers",
            findings: findings)
    }

    private mutating func report(_ rule: String, _ message: String) {
        guard findings.count < Self.maximumFindings else { return }
        findings.append(Finding(code: .provenanceInvalid, rule: rule, message: message))
    }

    /// A number from 1, without a sign or leading zeros; at most 15 digits, so that the next one is
    /// a number as well and JSON can hold it.
    static func number(_ text: String) -> Int? {
        guard text.utf8.count <= 15, !text.hasPrefix("0"),
            text.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 })
        else {
            return nil
        }
        return Int(text)
    }

    /// One line of text for people.
    static func line(_ text: String) -> String? {
        // By code points, as Git trims: to Swift, a blank and an accent behind it are one character.
        var scalars = text.unicodeScalars[...]
        while scalars.first == " " || scalars.first == "\t" { scalars.removeFirst() }
        while scalars.last == " " || scalars.last == "\t" { scalars.removeLast() }
        let line = String(scalars)
        guard !line.isEmpty, line.count <= 500, line.utf8.count <= 2000,
            !line.unicodeScalars.contains(where: DisplayText.isDisturbing)
        else { return nil }
        return line
    }

    /// `name/version`, as in `sheaf/0.1.0`.
    static func program(_ text: String) -> String? {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, text.utf8.count <= 100 else { return nil }
        let isFine = parts.allSatisfy { part in
            !part.isEmpty && part.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
        }
        return isFine ? text : nil
    }
}
