internal import Foundation

/// The one place of the rules for names and paths inside a bundle.
enum PathRules {
    private static let limits = ContentLimits.standard
    private static let reserved: Set<Unicode.Scalar> = [
        "\\", ":", "*", "?", "\"", "<", ">", "|",
    ]

    /// Returns what is wrong with a whole path, or nil.
    static func problem(with path: String) -> PathProblem? {
        if isPlain(path) { return nil }
        if path.isEmpty { return PathProblem("path-empty", "is empty", path: path) }
        if path.utf8.count > limits.pathBytes {
            return PathProblem(
                "path-too-long", "is longer than \(limits.pathBytes) bytes", path: path)
        }
        // By bytes: a slash and a combining mark behind it are one `Character`.
        let components = path.utf8.split(separator: 0x2F, omittingEmptySubsequences: false)
        if components.count > limits.pathDepth {
            return PathProblem(
                "path-too-deep", "is deeper than \(limits.pathDepth) levels", path: path)
        }
        for component in components {
            if let (rule, problem) = problem(withComponent: String(Substring(component))) {
                return PathProblem(rule, problem, path: path)
            }
        }
        return nil
    }

    /// Whether a path is in order at first sight, as nearly all are: short components of ASCII
    /// letters, digits, `_`, `-` and inner dots, none of which could be a name of Git or a device.
    private static func isPlain(_ path: String) -> Bool {
        var length = 0
        var stem = 0
        var stemEnd: UInt8 = 0
        var components = 1
        var last: UInt8 = 0x2F
        for byte in path.utf8 {
            switch byte {
            case 0x2F:
                if length == 0 || last == 0x2E || mayBeDevice(stem, stemEnd) { return false }
                length = 0
                stem = 0
                components += 1
                last = byte
                continue
            case 0x2E:
                if length == 0 || last == 0x2E { return false }
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F, 0x2D:
                if stem == length {
                    stem += 1
                    stemEnd = byte
                }
            default: return false
            }
            length += 1
            last = byte
        }
        return length > 0 && last != 0x2E && !mayBeDevice(stem, stemEnd)
            && components <= limits.pathDepth && path.utf8.count <= limits.componentBytes
    }

    /// Whether a stem has the length and the last character of a device name: `con`, `aux`, `com1`.
    private static func mayBeDevice(_ length: Int, _ last: UInt8) -> Bool {
        switch length {
        case 3: [0x6E, 0x78, 0x6C].contains(last | 0x20)
        case 4: last >= 0x30 && last <= 0x39
        default: false
        }
    }

    private static func problem(withComponent name: String) -> (String, String)? {
        if name.isEmpty { return ("path-empty-component", "has an empty component") }
        if name == "." || name == ".." {
            return ("path-dot-component", "has '.' or '..' as a component")
        }
        if name.utf8.count > limits.componentBytes {
            return ("path-too-long", "has a component over \(limits.componentBytes) bytes")
        }
        if GitControlName.matches(name) {
            return ("path-control-name", "has a component that Git or a file system reads as .git…")
        }
        if name.unicodeScalars.contains(where: DisplayText.isDisturbing) {
            return ("path-control-character", "has a control, bidirectional or invisible character")
        }
        if name.unicodeScalars.contains(where: reserved.contains) {
            return ("path-reserved-character", "has one of \\ : * ? \" < > |")
        }
        if name.utf8.first == 0x20 || name.utf8.last == 0x20 {
            return ("path-outer-space", "has a component that starts or ends with a space")
        }
        if name.utf8.last == 0x2E {
            return ("path-trailing-dot", "has a component that ends with a dot")
        }
        if joinsSlash(name) {
            return ("path-joined-slash", "has a component that would join the slash beside it")
        }
        if !name.utf8.allSatisfy({ $0 < 0x80 }), !isNormalised(name) {
            return ("path-not-nfc", "is not in Unicode normalisation form C")
        }
        if WindowsDeviceName.matches(name) {
            return ("path-device-name", "has a component that is a Windows device name")
        }
        return nil
    }

    /// Whether the slash in front of a name or behind it would be one character with part of it, as
    /// with an accent at the start: whoever reads a path character by character would miss it.
    private static func joinsSlash(_ name: String) -> Bool {
        let path = "/\(name)/"
        return path.first != "/" || path.last != "/"
    }

    /// A name in NFC; names from a directory are brought into this form before they are checked.
    static func normalised(_ name: String) -> String {
        name.utf8.allSatisfy({ $0 < 0x80 }) ? name : name.precomposedStringWithCanonicalMapping
    }

    private static func isNormalised(_ name: String) -> Bool {
        name.precomposedStringWithCanonicalMapping.unicodeScalars.elementsEqual(name.unicodeScalars)
    }

    /// What two names must not share: NFC and full case folding.
    ///
    /// Mapping to upper case and back folds as the Unicode rule for full case folding does
    /// (`ß` and `SS`, final and other sigma, the Kelvin sign).
    static func collisionKey(_ path: String) -> String {
        var isASCII = true
        var hasUpper = false
        for byte in path.utf8 {
            if byte >= 0x80 { isASCII = false }
            if byte.isASCIIUpper { hasUpper = true }
        }
        if isASCII { return hasUpper ? path.lowercased() : path }
        return path.precomposedStringWithCanonicalMapping.uppercased().lowercased()
            .precomposedStringWithCanonicalMapping
    }
}
