import Yams

extension YamlProblem {
    /// What Yams says is wrong, in words of our own.
    ///
    /// libyaml's texts are constants of its source; they never repeat what the document says.
    init(
        _ error: YamlError, in source: YamlSource, place: (Mark) -> SourceMark
    ) {
        switch error {
        case .scanner(let context, let problem, let mark, _),
            .parser(let context, let problem, let mark, _):
            self.init(
                problem: problem, context: context?.text,
                contextMark: context.map { place($0.mark) },
                mark: place(mark), source: source)
        case .composer(_, let problem, let mark, _):
            self = Self.composerProblem(problem, at: place(mark), in: source)
        default:
            self.init("yaml-syntax", at: .start, "the document cannot be read as YAML")
        }
    }

    private static func composerProblem(
        _ problem: String, at mark: SourceMark, in source: YamlSource
    ) -> Self {
        if problem.contains("alias") { return .alias(at: mark) }
        return source.byte(at: source.offset(of: mark)) == 0x25
            ? .directive(at: mark) : .secondDocument(at: mark)
    }

    private init(
        problem: String, context: String?, contextMark: SourceMark?, mark: SourceMark,
        source: YamlSource
    ) {
        let offset = source.offset(of: mark)
        let byte = source.byte(at: offset)
        if problem.hasPrefix("Maximum nesting") {
            self.init(
                "nesting-too-deep", at: mark, "values are nested far too deep here",
                hint: "flatten the document", isLimit: true)
        } else if mark.column == 1, byte == 0x25 {
            self = .directive(at: mark)
        } else if problem == "found undefined tag handle" {
            self = .tag(at: mark)
        } else if let contextMark, let refused = Self.refused(context, at: contextMark) {
            self = refused
        } else if byte == 0x3A, problem.hasSuffix("key") || problem.hasSuffix("node content") {
            self.init("empty-key", at: mark, "a key is missing in front of ':'")
        } else if byte == 0x09 {
            self.init(
                "tab-indentation", at: mark, "a tab stands where the structure is",
                hint: "indent with spaces")
        } else if let contextMark, problem == "found unexpected end of stream" {
            self.init(
                "yaml-syntax", at: contextMark, "a quote that starts here is never closed")
        } else if let contextMark, byte == 0, context?.contains("a flow ") == true {
            self.init(
                "yaml-syntax", at: contextMark, "a list or map that starts here is never closed",
                hint: "close it with ']' or '}'")
        } else if problem.hasSuffix("<document start>"), source.isBehindDocumentEnd(offset) {
            self = .secondDocument(at: mark)
        } else {
            self.init(problem, context: context, contextMark: contextMark, mark: mark, source)
        }
    }

    private init(
        _ problem: String, context: String?, contextMark: SourceMark?, mark: SourceMark,
        _ source: YamlSource
    ) {
        guard let text = Self.texts[problem] else {
            self.init("yaml-syntax", at: mark, problem)
            return
        }
        if text.rule == "yaml-escape" {
            self.init(text.rule, at: source.escape(at: mark), text.message, hint: text.hint)
            return
        }
        var message = text.message
        if let context, context.hasPrefix("while "), let contextMark, contextMark != mark {
            message += " (\(context) that starts in line \(contextMark.line))"
        }
        self.init(text.rule, at: mark, message, hint: text.hint)
    }

    /// What is refused even when it is written correctly.
    private static func refused(_ context: String?, at mark: SourceMark) -> Self? {
        switch context {
        case "while scanning an alias": .alias(at: mark)
        case "while scanning an anchor": .anchor(at: mark)
        case "while scanning a tag", "while parsing a tag": .tag(at: mark)
        case "while scanning a directive", "while scanning a %TAG directive",
            "while scanning a %YAML directive":
            .directive(at: mark)
        default: nil
        }
    }

    private struct Text {
        var rule = "yaml-syntax"
        let message: String
        let hint: String?
    }

    private static let texts: [String: Text] = [
        "mapping values are not allowed in this context": Text(
            message: "a ': ' stands where no key can be",
            hint: "put a text that contains ': ' in quotes, or align the keys of one map"),
        "block sequence entries are not allowed in this context": Text(
            message: "a list entry stands where none can be",
            hint: "start the list in the next line, or write [a, b]"),
        "mapping keys are not allowed in this context": Text(
            rule: "yaml-complex-key", message: "only a text followed by ': ' can be a key",
            hint: "write 'key: value', without '?' and brackets"),
        "did not find expected key": Text(
            message: "a key followed by ': ' is expected here",
            hint: "write 'key: value', and indent the keys of one map alike"),
        "could not find expected ':'": Text(
            message: "':' is expected behind a key",
            hint: "write 'key: value', or indent the rest of a text deeper than its key"),
        "did not find expected '-' indicator": Text(
            message: "a list entry ('- ') is expected here",
            hint: "indent the entries of one list alike"),
        "did not find expected ',' or ']'": Text(
            message: "',' or ']' is expected here", hint: "close the list, or quote the text"),
        "did not find expected ',' or '}'": Text(
            message: "',' or '}' is expected here", hint: "close the map, or quote the text"),
        "did not find expected node content": Text(
            message: "a value is missing here", hint: "write a value, or remove the ','"),
        "did not find expected <document start>": Text(
            message: "this line does not belong to the value above it",
            hint: "indent the keys of one map alike"),
        "found character that cannot start any token": Text(
            message: "a text cannot start with this character", hint: "put the text in quotes"),
        "found unknown escape character": Text(
            rule: "yaml-escape", message: "the escape is not known",
            hint: "write \\\\ for a backslash, or use single quotes"),
        "did not find expected hexdecimal number": Text(
            rule: "yaml-escape", message: "the escape has too few hex digits", hint: nil),
        "found invalid Unicode character escape code": Text(
            rule: "yaml-escape", message: "the escape is not a Unicode character",
            hint: "write the character itself; pairs of surrogates are not supported"),
        "found unexpected document indicator": Text(
            message: "a document marker stands inside a quoted text",
            hint: "close the quote, or indent the line"),
        "found a tab character that violates indentation": Text(
            rule: "tab-indentation", message: "the line is indented with a tab",
            hint: "indent with spaces"),
        "found a tab character where an indentation space is expected": Text(
            rule: "tab-indentation", message: "a block text is indented with a tab",
            hint: "indent with spaces"),
        "did not find expected comment or line break": Text(
            message: "only '+', '-' and one digit may follow '|' and '>'",
            hint: "a text that starts with '|' or '>' needs quotes"),
    ]
}
