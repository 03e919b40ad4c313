internal import BundleModel

/// What holds for the reader of YAML, whatever it reads.
enum YamlProperties {
    /// Problems of one document that are reported.
    private static let maximumProblems = 101
    private static let limits = ContentLimits.standard

    private struct Reading: Equatable {
        let root: YamlNode?
        let findings: [Finding]

        init(_ bytes: [UInt8]) {
            let log = FindingLog(path: "a.yaml")
            root = YamlDocument.read(bytes, log: log)
            findings = log.findings
        }
    }

    static func check(_ bytes: [UInt8]) throws(BrokenProperty) {
        let reading = Reading(bytes)
        let findings = FindingProperties(bytes)
        try require(reading == Reading(bytes), "the same bytes are read alike twice")
        try findings.check(reading.findings, atMost: maximumProblems)
        guard let root = reading.root else {
            try require(!reading.findings.isEmpty, "what cannot be read has a finding")
            return
        }
        try checkPlaces(of: root, depth: 1, findings)
        guard reading.findings.isEmpty else { return }
        try checkText(root)
        try checkOtherSpellings(bytes, root)
        if case .mapping = root.content { try checkDocuments(bytes, findings) }
    }

    // MARK: One value

    private static func checkPlaces(
        of node: YamlNode, depth: Int, _ findings: FindingProperties
    ) throws(BrokenProperty) {
        try findings.checkPlace(line: node.mark.line, column: node.mark.column)
        switch node.content {
        case .scalar: return
        case .sequence(let items):
            try require(depth <= limits.nesting, "nesting is limited")
            for item in items {
                try require(item.mark >= node.mark, "an item begins in its list")
                try checkPlaces(of: item, depth: depth + 1, findings)
            }
        case .mapping(let entries):
            try require(depth <= limits.nesting, "nesting is limited")
            var last: SourceMark?
            for entry in entries {
                try findings.checkPlace(line: entry.keyMark.line, column: entry.keyMark.column)
                if let last {
                    try require(entry.keyMark > last, "keys are in the order of the file")
                }
                last = entry.keyMark
                try require(
                    entry.value.mark >= entry.keyMark, "a value begins behind its key begins")
                try checkPlaces(of: entry.value, depth: depth + 1, findings)
            }
            let keys = Set(entries.map(\.key))
            try require(keys.count == entries.count, "keys are unique")
        }
    }

    private static func checkText(_ node: YamlNode) throws(BrokenProperty) {
        func isText(_ text: String) -> Bool {
            text.unicodeScalars.allSatisfy {
                $0.properties.generalCategory != .control || "\t\n\r".unicodeScalars.contains($0)
            }
        }
        switch node.content {
        case .scalar(let text, _):
            try require(isText(text), "a text has no control character")
        case .sequence(let items):
            for item in items { try checkText(item) }
        case .mapping(let entries):
            for entry in entries {
                try require(isText(entry.key), "a key has no control character")
                try checkText(entry.value)
            }
        }
    }

    // MARK: The same document, written otherwise

    private static func checkOtherSpellings(
        _ bytes: [UInt8], _ root: YamlNode
    ) throws(BrokenProperty) {
        if let flow = YamlFlowText(root).bytes, flow.count <= limits.documentBytes {
            try requireReads(flow, as: root, "a value written in brackets and quotes is the same")
        }
        if bytes.count + 2 <= limits.documentBytes {
            let commented = Array("#\n".utf8) + bytes
            try requireReads(commented, as: root, "a comment in front changes no value")
        }
        guard !bytes.contains(0x0D), 2 * bytes.count <= limits.documentBytes else { return }
        let windows = bytes.flatMap { $0 == 0x0A ? [0x0D, 0x0A] : [$0] }
        try requireReads(windows, as: root, "the line ends of Windows change no value")
    }

    private static func requireReads(
        _ bytes: [UInt8], as root: YamlNode, _ property: String
    ) throws(BrokenProperty) {
        let reading = Reading(bytes)
        let spelling = String(decoding: bytes, as: UTF8.self).debugDescription
        guard let other = reading.root, reading.findings.isEmpty else {
            throw BrokenProperty(property: property, found: "\(reading.findings) in \(spelling)")
        }
        try require(hasSameTexts(root, other), property, found: "\(other) in \(spelling)")
    }

    /// Whether two values have the same texts, by code points, in the same places.
    private static func hasSameTexts(_ left: YamlNode, _ right: YamlNode) -> Bool {
        func isSame(_ left: String, _ right: String) -> Bool {
            left.utf8.elementsEqual(right.utf8)
        }
        switch (left.content, right.content) {
        case (.scalar(let left, _), .scalar(let right, _)): return isSame(left, right)
        case (.sequence(let left), .sequence(let right)):
            return left.count == right.count && zip(left, right).allSatisfy(hasSameTexts)
        case (.mapping(let left), .mapping(let right)):
            return left.count == right.count
                && zip(left, right).allSatisfy {
                    isSame($0.key, $1.key) && hasSameTexts($0.value, $1.value)
                }
        default: return false
        }
    }

    // MARK: The documents of a bundle

    private static let paths = [
        "bundle.yaml", "profiles/a.yaml", "tools/a.yaml", "models/a.yaml", "plugins/a.yaml",
        "policies/a.yaml", "workflows/a.yaml",
    ].compactMap { try? BundlePath($0) }

    private static func checkDocuments(
        _ bytes: [UInt8], _ findings: FindingProperties
    ) throws(BrokenProperty) {
        for path in paths {
            let document = ParsedDocument(path: path, bytes: bytes)
            try findings.check(document.findings, atMost: FindingLog.maximum)
        }
    }
}
