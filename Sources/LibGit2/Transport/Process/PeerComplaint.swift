#if canImport(System)
    internal import System
#else
    internal import SystemPackage
#endif

/// What a peer says on its standard error, of which the start is kept.
struct PeerComplaint {
    private static let limit = 8192
    private var bytes: [UInt8] = []

    /// Whether nothing more will come.
    private(set) var hasEnded = false

    /// Takes what is there, but at most a buffer full: a peer may never stop.
    mutating func listen(to descriptor: FileDescriptor) {
        guard !hasEnded else { return }
        var chunk = [UInt8](repeating: 0, count: 64 << 10)
        let count = unsafe chunk.withUnsafeMutableBytes { unsafe descriptor.take(into: $0) }
        guard let count else { return }
        hasEnded = count == 0
        bytes.append(contentsOf: chunk[..<min(count, max(0, Self.limit - bytes.count))])
    }

    /// All of what is kept.
    var text: String { String(decoding: bytes, as: UTF8.self) }

    /// What Git says that it failed by, else the last line; nil when there is none.
    func summary(hiding location: String) -> String? {
        let line = failure ?? text.split(whereSeparator: \.isNewline).last
        return line.map { Self.presentable($0, hiding: location) }
    }

    /// What Git says that it failed by; nil when nothing of what was said is in its form. Words with
    /// the name of the host are hidden too.
    func failure(hiding location: String, of host: String) -> String? {
        failure.map { Self.presentable($0, hiding: location, of: host) }
    }

    /// The first line that starts with `fatal:` or `error:`, as Git's do.
    private var failure: Substring? {
        text.split(whereSeparator: \.isNewline)
            .first { $0.hasPrefix("fatal:") || $0.hasPrefix("error:") }
    }

    /// Words of a peer, fit to be shown: at most 200 characters, without control characters, and
    /// without any absolute path or name of the host; whoever reads them may not be the one who named
    /// the location, which may have spaces.
    static func presentable(
        _ text: some StringProtocol, hiding location: String, of host: String? = nil
    ) -> String {
        let host = host?.lowercased()
        let location = location.isEmpty ? "/" : location
        let text = text.split(separator: location, omittingEmptySubsequences: false)
            .joined(separator: "/")
        let words = text.split(separator: " ").map { word -> String in
            if word.trimmed(of: "'\"():,.").hasPrefix("/") { return "(path)" }
            if let host, word.lowercased().contains(host) { return "(host)" }
            return String(String.UnicodeScalarView(word.unicodeScalars.filter(isPresentable)))
        }
        return String(words.joined(separator: " ").prefix(200))
    }

    private static func isPresentable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate,
            .unassigned:
            false
        default: true
        }
    }
}

extension StringProtocol {
    /// Without any of these characters at either end.
    fileprivate func trimmed(of characters: String) -> SubSequence {
        guard let first = firstIndex(where: { !characters.contains($0) }),
            let last = lastIndex(where: { !characters.contains($0) })
        else { return self[startIndex..<startIndex] }
        return self[first...last]
    }
}
