/// Who besides its owner may read and write the files of a repository.
///
/// Source: git-config(1), `core.sharedRepository`.
struct SharedMode: Hashable, Sendable {
    private let bits: Int
    private let isExact: Bool

    /// Reads the setting; nil where it leaves the mode to the umask.
    init?(_ setting: String) {
        switch setting.lowercased() {
        case "group", "true", "yes", "on", "1": (bits, isExact) = (0o660, false)
        case "all", "world", "everybody", "2": (bits, isExact) = (0o664, false)
        case let text where text.hasPrefix("0") && text.count > 1:
            guard let mode = Int(text, radix: 8), mode & 0o600 == 0o600 else { return nil }
            (bits, isExact) = (mode & 0o666, true)
        default: return nil
        }
    }

    /// The mode that a file or directory with this mode gets.
    func mode(of old: Int, isDirectory: Bool) -> Int {
        var mode = isExact ? (old & ~0o777) | bits : old | bits
        if isDirectory {
            // Who may read a directory may search it; its files belong to its group.
            mode |= (mode & 0o444) >> 2
            if mode & 0o060 != 0 { mode |= 0o2000 }
        }
        return mode
    }
}
