internal import BundleModel

/// The refusal of a push gate of ours at the other side, read back from what it wrote for people.
///
/// It is text of another machine: codes that are not known and lines of another form count for
/// nothing, and what is taken over is escaped and masked like everything from outside.
struct GateRefusal {
    let error: SheafError

    private static let title = "sheaf refuses this push"

    /// Nil when the lines are not those of a gate.
    init?(_ lines: [String]) {
        guard let start = lines.firstIndex(where: { $0.hasPrefix(Self.title) }) else { return nil }
        var refusals: [(code: SheafError.Code, message: String, hint: String?)] = []
        var findings: [Finding] = []
        for line in lines[(start + 1)...] {
            if let (code, message) = Self.refusal(line) {
                refusals.append((code, message, nil))
            } else if line.hasPrefix("hint: "), !refusals.isEmpty {
                refusals[refusals.count - 1].hint = String(line.dropFirst(6))
            } else if line.hasPrefix("  hint: "), let last = findings.popLast() {
                findings.append(Self.adding(String(line.dropFirst(8)), to: last))
            } else if let finding = Self.finding(line) {
                findings.append(finding)
            }
        }
        // DESIGN 9: the first code in the order of the table.
        guard let first = refusals.min(by: { $0.code.precedence < $1.code.precedence }) else {
            return nil
        }
        let isAboutCaller = first.code == .forbidden || first.code == .unauthorized
        error = SheafError(
            isAboutCaller ? .remoteUnauthorized : first.code,
            "the repository's push gate refuses: \(DisplayText.escape(first.message))",
            details: findings.isEmpty ? [:] : ["findings": String(findings.count)],
            hint: first.hint.map(DisplayText.escape) ?? "nothing of it was taken",
            findings: findings.sorted())
    }

    /// `error: message (code)`.
    private static func refusal(_ line: String) -> (SheafError.Code, String)? {
        guard line.hasPrefix("error: "), line.hasSuffix(")"),
            let open = line.lastIndex(of: "("),
            let code = SheafError.Code(
                rawValue: String(line[line.index(after: open)...].dropLast()))
        else { return nil }
        let message = line[line.index(line.startIndex, offsetBy: 7)..<open]
        return (code, String(message.prefix(500)).trimmingSpace)
    }

    /// `path:line:column: code rule: message`, where the place may be less.
    private static func finding(_ line: String) -> Finding? {
        for code in SheafError.Code.allCases {
            let isFirst = line.hasPrefix("\(code.rawValue) ")
            guard let found = isFirst ? nil : line.firstRange(of: ": \(code.rawValue) ") else {
                if isFirst { return finding(nil, code, line.dropFirst(code.rawValue.count + 1)) }
                continue
            }
            return finding(line[..<found.lowerBound], code, line[found.upperBound...])
        }
        return nil
    }

    private static func finding(
        _ place: Substring?, _ code: SheafError.Code, _ rest: Substring
    ) -> Finding? {
        guard let colon = rest.firstRange(of: ": "),
            rest[..<colon.lowerBound].utf8.allSatisfy({
                (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D
            })
        else { return nil }
        var parts = place.map { $0.split(separator: ":", omittingEmptySubsequences: false) } ?? []
        var numbers: [Int] = []
        while parts.count > 1, numbers.count < 2, let last = parts.last, let number = Int(last) {
            numbers.insert(number, at: 0)
            parts.removeLast()
        }
        return Finding(
            code: code, rule: String(rest[..<colon.lowerBound]),
            path: place == nil ? nil : parts.joined(separator: ":"), line: numbers.first,
            column: numbers.count > 1 ? numbers[1] : nil,
            message: DisplayText.escape(String(rest[colon.upperBound...].prefix(500))))
    }

    private static func adding(_ hint: String, to finding: Finding) -> Finding {
        Finding(
            code: finding.code, rule: finding.rule, path: finding.path, line: finding.line,
            column: finding.column, message: finding.message,
            hint: DisplayText.escape(String(hint.prefix(500))))
    }
}

extension String {
    fileprivate var trimmingSpace: String {
        var text = self[...]
        while text.last == " " { text = text.dropLast() }
        return String(text)
    }
}
