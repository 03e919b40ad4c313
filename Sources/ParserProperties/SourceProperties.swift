internal import BundleModel

/// What holds for the sources that revisions name, whatever the place they come from is called.
enum SourceProperties {
    private static let commit = CommitID(String(repeating: "0123456789abcdef", count: 4).prefix(40))

    static func check(_ text: String) throws(BrokenProperty) {
        if let source = BundleSource(text) {
            try require(
                source.text.utf8.elementsEqual(text.utf8), "a source is written as it was read")
            try checkPrivacy(of: source)
        }
        try checkWritten(.directory(name: text))
        guard let commit else { return }
        // The parts that a checkout gives: a remote, a directory's name and a path below it.
        let parts = text.split(
            separator: "\n", maxSplits: 2, omittingEmptySubsequences: false
        ).map(String.init)
        try checkWritten(
            .git(
                remote: parts[0], name: parts.count > 1 ? parts[1] : text, commit: commit,
                subdirectory: parts.count > 2 ? parts[2] : ""))
    }

    private static func checkWritten(_ source: BundleSource) throws(BrokenProperty) {
        try requireEqual(
            BundleSource(source.text), source, "a source that was written can be read")
        try checkPrivacy(of: source)
    }

    /// Neither userinfo nor a path of a host stands in a source.
    private static func checkPrivacy(of source: BundleSource) throws(BrokenProperty) {
        let bytes = source.text.utf8
        try require(
            bytes.allSatisfy { $0 > 0x20 && $0 < 0x7F }, "a source is one word of ASCII",
            found: source.text.debugDescription)
        guard let scheme = source.text.firstRange(of: "://") else {
            let name = source.text.prefix { $0 != "@" && $0 != "#" }
            try require(!name.contains("/"), "a name is no path", found: source.text)
            return
        }
        // What stands behind the last `@` of the place is the commit.
        let place = source.text.prefix { $0 != "#" }.dropLast(41)
        let authority = place[scheme.upperBound...].prefix { $0 != "/" }
        try require(
            source.isGit && !authority.contains("@"), "a source has no userinfo",
            found: source.text)
    }
}
