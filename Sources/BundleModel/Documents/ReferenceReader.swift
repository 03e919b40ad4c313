/// Structure first: where the schema expects a reference, a literal is refused, however harmless
/// it looks. Source: the boundary's order of detection.
enum ReferenceReader {
    /// Reads a reference to something of the host.
    static func hostReference(
        _ node: YamlNode, for key: String, kind: DeclarationKind?, log: FindingLog
    ) -> Located<DeclarationReference>? {
        guard let text = node.text(for: key, log: log) else { return nil }
        let schemes = kind?.schemes ?? ReferenceScheme.allCases
        let example = "\((schemes.first ?? .secret).rawValue):<name>"
        switch DeclarationReference.read(text.value) {
        case .literal:
            log.report(
                .forbiddenContent, "literal-in-reference", at: text.mark,
                "'\(key)' holds a literal ('\(DisplayText.excerpt(text.value))') where a reference "
                    + "is expected",
                hint: "write \(example), a name that the host resolves; never a value or a path")
            return nil
        case .unknownScheme(let scheme):
            log.unsupported(
                "unknown-scheme", at: text.mark,
                "the scheme \(KeyText.shown(scheme)) of '\(key)' is not supported",
                hint: Suggestion.hint(
                    for: scheme, among: schemes.map(\.rawValue),
                    otherwise: "supported: "
                        + schemes.map { "\($0.rawValue):" }
                        .joined(separator: ", ")))
            return nil
        case .reference(let reference):
            if let kind, reference.scheme.kind != kind {
                log.malformed(
                    "scheme-of-another-kind", at: text.mark,
                    "'\(reference.scheme.rawValue):' belongs to "
                        + "\(reference.scheme.kind.rawValue), but the kind is \(kind.rawValue)",
                    hint: "write \(example), or change the kind")
                return nil
            }
            return Located(reference, at: text.mark)
        }
    }

    /// Reads the path of another file of the bundle.
    static func path(_ node: YamlNode, for key: String, log: FindingLog) -> Located<BundlePath>? {
        guard let text = node.text(for: key, log: log) else { return nil }
        if let problem = outsideProblem(text.value) {
            log.report(
                .forbiddenContent, problem.rule, at: text.mark,
                "'\(key)' \(problem.text) ('\(DisplayText.excerpt(text.value))')",
                hint: "write the path of a file of this bundle, e.g. prompts/system.md")
            return nil
        }
        do {
            return Located(try BundlePath(text.value), at: text.mark)
        } catch {
            log.malformed(
                "invalid-path", at: text.mark, "'\(key)' is not a path: it \(error.problem)",
                hint: "write the path of a file of this bundle, e.g. prompts/system.md")
            return nil
        }
    }

    /// How a text points outside the bundle, or nil.
    private static func outsideProblem(_ text: String) -> (rule: String, text: String)? {
        let bytes = Array(text.utf8.prefix(8))
        let isDrive =
            bytes.count >= 2 && bytes[1] == 0x3A
            && Character(Unicode.Scalar(bytes[0])).isLetter
        let isVariable = bytes.first == 0x25 && text.utf8.dropFirst().contains(0x25)
        let isURL = ["file:", "unix:", "npipe:"].contains { text.lowercased().hasPrefix($0) }
        let isRooted = [0x2F, 0x7E, 0x24, 0x5C].contains(bytes.first)
        if isRooted || isDrive || isVariable || isURL {
            return ("host-path-in-reference", "is a path of a host")
        }
        guard text.utf8.contains(where: { $0 == 0x25 || $0 == 0x5C || $0 == 0x2E }) else {
            return nil
        }
        var decoded = text
        if text.utf8.contains(where: { $0 == 0x25 || $0 == 0x5C }) {
            decoded = text.lowercased().replacing("%2e", with: ".").replacing("%2f", with: "/")
                .replacing("%5c", with: "/").replacing("\\", with: "/")
        }
        let components = decoded.utf8.split(separator: 0x2F, omittingEmptySubsequences: false)
        if components.contains(where: { $0.elementsEqual([0x2E, 0x2E]) }) {
            return ("path-leaves-bundle", "leaves the bundle")
        }
        return nil
    }
}
