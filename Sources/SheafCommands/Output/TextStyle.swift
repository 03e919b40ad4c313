internal import BundleModel

/// The few ways in which text stands out, on a terminal that shows colour.
struct TextStyle: Sendable {
    /// Whether the text goes to a terminal.
    let isTerminal: Bool
    /// Whether colour may be used.
    let isColoured: Bool

    func bold(_ text: String) -> String { wrap(text, "1") }
    func dim(_ text: String) -> String { wrap(text, "2") }
    func red(_ text: String) -> String { wrap(text, "31") }
    func green(_ text: String) -> String { wrap(text, "32") }
    func yellow(_ text: String) -> String { wrap(text, "33") }
    func cyan(_ text: String) -> String { wrap(text, "36") }

    private func wrap(_ text: String, _ code: String) -> String {
        isColoured && !text.isEmpty ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }

    /// Lines that somebody else wrote, made safe for a terminal; tabs and line breaks stay.
    static func safe(_ text: some StringProtocol) -> String {
        // Nothing to be done, which is nearly always so.
        if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return String(text) }
        return text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            line.split(separator: "\t", omittingEmptySubsequences: false)
                .map { DisplayText.escape(String($0)) }.joined(separator: "\t")
        }.joined(separator: "\n")
    }
}
