/// What a peer said on its standard error, fit to be shown.
enum PeerComplaint {
    /// One line of at most 200 characters: the first that starts with `fatal:` or `error:`, else the
    /// last; nil when there is none. Paths other than `known` are left out.
    static func summary(of bytes: [UInt8], naming known: String) -> String? {
        let lines = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline)
        let line = lines.first { $0.hasPrefix("fatal:") || $0.hasPrefix("error:") } ?? lines.last
        guard let line else { return nil }
        let words = line.split(separator: " ").map { word -> String in
            let path = word.drop { "'\"(".contains($0) }
            if path.hasPrefix("/"), !path.hasPrefix(known) { return "(path)" }
            return String(word.unicodeScalars.filter { !$0.properties.generalCategory.isControl })
        }
        return String(words.joined(separator: " ").prefix(200))
    }
}

extension Unicode.GeneralCategory {
    fileprivate var isControl: Bool {
        switch self {
        case .control, .format, .privateUse, .surrogate, .unassigned: true
        default: false
        }
    }
}
