package import BundleModel

/// The one mapper from an error to what the command line shows of it, on standard error.
///
/// As text: `error: message (code)`, then every finding as `path:line:column: code rule: message`
/// with its hint below, then details, then what to do next. As JSON: one object `error` with
/// `code`, `message`, `details`, `hint` and `findings`.
package struct ErrorReport {
    private let error: SheafError
    private let usage: String?
    private let showsFindings: Bool

    /// Reports an error; findings that were a result already are not repeated to people.
    package init(_ error: SheafError, showsFindings: Bool = true) {
        self.error = error
        self.showsFindings = showsFindings
        usage = nil
    }

    /// Reports wrong usage.
    ///
    /// - Parameters:
    ///   - message: what is wrong, alone.
    ///   - full: the same, followed by how the command is used.
    package init(usage message: String, full: String) {
        error = SheafError(.invalidRequest, message)
        showsFindings = true
        usage = full
    }

    /// Writes it to standard error.
    package func write(to console: Console) {
        console.complain(rendered(for: console))
    }

    /// What ``write(to:)`` writes.
    func rendered(for console: Console) -> String {
        switch console.format {
        case .text: text(console.noteStyle)
        case .json:
            (try? JSONText.encode(ErrorView(error)))
                ?? "{\"error\":{\"code\":\"\(error.code.rawValue)\"}}\n"
        }
    }

    func text(_ style: TextStyle) -> String {
        if let usage {
            let message = usage.hasPrefix("Error: ") ? String(usage.dropFirst(7)) : usage
            return "\(style.red("error:")) \(message)\n"
        }
        var text = "\(style.red("error:")) \(TextStyle.safe(error.message)) "
        text += style.dim("(\(error.code.rawValue))") + "\n"
        if showsFindings { text += Self.text(error.findings, style) }
        for (key, value) in error.details.sorted(by: { $0.key < $1.key }) where key != "findings" {
            text += "  \(key): \(TextStyle.safe(value))\n"
        }
        if let hint = error.hint { text += "\(style.cyan("hint:")) \(TextStyle.safe(hint))\n" }
        return text
    }

    /// Findings as lines that editors and people can follow to the place.
    static func text(_ findings: [Finding], _ style: TextStyle) -> String {
        findings.map { finding in
            let place = finding.location.map { "\(style.bold($0)): " } ?? ""
            let rule = style.yellow("\(finding.code.rawValue) \(finding.rule):")
            let hint = finding.hint.map { "  hint: \(TextStyle.safe($0))\n" } ?? ""
            return "\(place)\(rule) \(TextStyle.safe(finding.message))\n\(hint)"
        }.joined()
    }
}
