internal import BundleModel

/// What holds for every short text that names something, whatever it says.
///
/// What is accepted is written back as it was: two spellings of one name would let a name slip by
/// a comparison. Texts are compared by bytes, because to Swift two spellings can be equal.
enum ReferenceProperties {
    static func check(_ bytes: [UInt8]) throws(BrokenProperty) {
        let text = String(decoding: bytes, as: UTF8.self)
        try requireSame(code(.invalidRequest) { try BundleReference(text) }, text, "reference")
        try requireSame(code(.invalidRequest) { try ConfigBundleRef(text) }, text, "pin")
        try requireSame(CommitID(text), text, "commit id")
        try requireSame(BundleDigest(text), text, "digest")
        try requireSame(ToolName(text), text, "tool name")
        try requireSame(DeclarationReference(text), text, "declaration reference")
        try requireSame(try? ProfileReference(text), text, "profile reference")
        try checkSelector(text)
        try checkCapability(text)
        try checkIdentifiers(text)
        try checkPath(text)
        try SourceProperties.check(text)
    }

    /// What a reader gives, or nil when it refused the text with this code.
    private static func code<Value>(
        _ code: SheafError.Code, _ read: () throws -> Value
    ) throws(BrokenProperty) -> Value? {
        do {
            return try read()
        } catch let error as SheafError {
            try requireEqual(error.code, code, "a text that names nothing has its code")
            try requireShown(error.message)
            return nil
        } catch {
            throw BrokenProperty(property: "an error is a SheafError", found: "\(error)")
        }
    }

    private static func requireShown(_ message: String) throws(BrokenProperty) {
        let isClean = message.unicodeScalars.allSatisfy {
            $0.properties.generalCategory != .control && $0.properties.generalCategory != .format
        }
        try require(isClean, "a message has no control character", found: message.debugDescription)
    }

    private static func requireSame(
        _ value: (some CustomStringConvertible)?, _ text: String, _ noun: String
    ) throws(BrokenProperty) {
        guard let written = value?.description else { return }
        try require(
            written.utf8.elementsEqual(text.utf8), "a \(noun) is written as it was read",
            found: "\(written.debugDescription) for \(text.debugDescription)")
    }

    private static func checkSelector(_ text: String) throws(BrokenProperty) {
        let selector = try code(.invalidProfileSelector) { try ProfileSelector(text) }
        guard let selector else { return }
        let written = selector.description
        try require(
            [text, "named:\(text)"].contains { $0.utf8.elementsEqual(written.utf8) },
            "a selector is written as it was read", found: written)
        try require(
            (try? ProfileSelector(written)) == selector, "a selector that was written can be read")
    }

    private static func checkCapability(_ text: String) throws(BrokenProperty) {
        let reference = try code(.invalidRequest) { try DeclarationReference(capability: text) }
        guard let reference else { return }
        let written = reference.description
        try require(
            [text, "capability:\(text)"].contains { $0.utf8.elementsEqual(written.utf8) },
            "a capability is written as it was read", found: written)
    }

    // MARK: Ids

    private static func checkIdentifiers(_ text: String) throws(BrokenProperty) {
        let ids: [(any Identifier)?] = [
            try? WorkspaceID(text), try? BundleID(text), try? ChannelID(text),
            try? ProfileID(text), try? WorkerID(text),
        ]
        let isID = isIdentifier(Array(text.utf8))
        for id in ids {
            try require((id != nil) == isID, "an id is one by the rule", found: text)
            if let id { try requireSame(id.rawValue, text, "id") }
        }
        do throws(IdentifierError) {
            _ = try BundleID(text)
        } catch {
            try requireShown(error.description)
        }
    }

    /// The rule for ids once more, but for the names of devices on Windows, which are words.
    private static func isIdentifier(_ bytes: [UInt8]) -> Bool {
        func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
        func isInner(_ byte: UInt8) -> Bool {
            isDigit(byte) || (0x61...0x7A).contains(byte) || [0x2D, 0x2E, 0x5F].contains(byte)
        }
        func isOuter(_ byte: UInt8?) -> Bool {
            byte.map { isInner($0) && ![0x2D, 0x2E, 0x5F].contains($0) } ?? false
        }
        let isCommit =
            bytes.count == 40 && bytes.allSatisfy { isDigit($0) || (0x61...0x66).contains($0) }
        guard (1...64).contains(bytes.count), bytes.allSatisfy(isInner), isOuter(bytes.first),
            isOuter(bytes.last), !isCommit, !bytes.allSatisfy(isDigit),
            !zip(bytes, bytes.dropFirst()).contains(where: { $0 == 0x2E && $1 == 0x2E })
        else { return false }
        for ending in [".lock", ".git"] where bytes.suffix(ending.count).elementsEqual(ending.utf8)
        {
            return false
        }
        let stem = String(decoding: bytes.prefix { $0 != 0x2E }, as: UTF8.self)
        let isPort =
            stem.count == 4 && (stem.hasPrefix("com") || stem.hasPrefix("lpt"))
            && stem.utf8.last.map(isDigit) == true
        return !isPort && !["con", "prn", "aux", "nul", "conin$", "conout$"].contains(stem)
    }

    // MARK: Paths

    private static func checkPath(_ text: String) throws(BrokenProperty) {
        guard let path = try? BundlePath(text) else { return }
        try requireSame(path.text, text, "path")
        let components = path.components
        try requireEqual(
            text.split(separator: "/", omittingEmptySubsequences: false).map(String.init),
            components, "a path has the same components by characters and by bytes")
        try requireSame(components.joined(separator: "/"), text, "path of components")
        try requireSame(components.last, path.name, "name of a path")
        let suffix = path.fileExtension.isEmpty ? "" : ".\(path.fileExtension)"
        // A dot at the end is refused, so nothing stands between stem and extension.
        try requireSame(path.stem + suffix, path.name, "name of stem and extension")
        try require(
            text.utf8.count <= ContentLimits.standard.pathBytes
                && components.count <= ContentLimits.standard.pathDepth, "a path has its limits")
        for component in components {
            try require(
                !["", ".", ".."].contains(component) && component.utf8.count <= 255
                    && !component.utf8.contains(0x5C) && !component.utf8.contains(0),
                "a component of a path leads nowhere else", found: component)
        }
        try requireShown(text)
    }
}
