/// Names that Windows reserves for devices, with or without an extension.
///
/// Source: "Naming Files, Paths, and Namespaces" of the Windows documentation.
enum WindowsDeviceName {
    private static let names: Set<String> = [
        "con", "prn", "aux", "nul", "conin$", "conout$",
        "com0", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9",
        "lpt0", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
        "com\u{B9}", "com\u{B2}", "com\u{B3}", "lpt\u{B9}", "lpt\u{B2}", "lpt\u{B3}",
    ]

    /// Whether a file of this name would be a device on Windows.
    static func matches(_ name: some StringProtocol) -> Bool {
        guard mayMatch(name.utf8) else { return false }
        // By scalars: a dot and a combining mark behind it are one `Character`.
        let stem = name.unicodeScalars.prefix { $0 != "." }
        guard stem.count <= 9 else { return false }
        var trimmed = String(String.UnicodeScalarView(stem)).lowercased()
        while trimmed.hasSuffix(" ") { trimmed.removeLast() }
        return names.contains(trimmed)
    }

    /// Whether a name begins as one of them does; nearly none does.
    private static func mayMatch(_ name: some Collection<UInt8>) -> Bool {
        guard name.count >= 3 else { return false }
        switch name.prefix(3).map({ $0 | 0x20 }) {
        case [0x63, 0x6F, 0x6E], [0x70, 0x72, 0x6E], [0x61, 0x75, 0x78], [0x6E, 0x75, 0x6C],
            [0x63, 0x6F, 0x6D], [0x6C, 0x70, 0x74]:
            return true
        default: return false
        }
    }
}
