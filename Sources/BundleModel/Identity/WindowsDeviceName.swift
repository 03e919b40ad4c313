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
        // By bytes: to Swift, a dot and an accent behind it are one character.
        let stem = name.utf8.prefix { $0 != 0x2E }
        guard stem.count <= 9 else { return false }
        var trimmed = String(decoding: stem, as: UTF8.self).lowercased()
        while trimmed.hasSuffix(" ") { trimmed.removeLast() }
        return names.contains(trimmed)
    }
}
