internal import BundleModel
internal import BundleRepository

/// A revision or release for people, one fact a line.
enum CommitText {
    static func revision(_ revision: Revision, _ style: TextStyle) -> String {
        let provenance = revision.provenance
        var text = style.bold("\(provenance.bundle)@\(revision.number)") + "\n"
        text += line("workspace", provenance.workspace.rawValue)
        text += line("commit", revision.commit.hex)
        if let parent = revision.parent { text += line("parent", parent.hex) }
        text += line("digest", revision.digest.description)
        text += line("published", "\(revision.createdAt) by \(name(revision.publisher))")
        if revision.author != revision.publisher { text += line("author", name(revision.author)) }
        let state = provenance.sourceState.map { " (\($0.rawValue))" } ?? ""
        text += line("source", provenance.source.text + state)
        return text + line("program", provenance.publisher)
    }

    static func release(_ release: Release, _ style: TextStyle) -> String {
        let name = "\(release.provenance.revision.bundle)@\(release.channel)"
        var text = "\n\(style.bold(name)) release \(release.sequence)\n"
        text += line("commit", release.commit.hex)
        if let parent = release.parent { text += line("parent", parent.hex) }
        text += line("released", "\(release.releasedAt) by \(Self.name(release.releaser))")
        return text + line("reason", release.provenance.reason)
    }

    /// The text for people, indented as `git log` does.
    static func message(_ revision: Revision) -> String {
        let body = revision.message.body
        let message = revision.message.subject + (body.isEmpty ? "" : "\n\n\(body)")
        return message.split(separator: "\n", omittingEmptySubsequences: false).reduce("\n") {
            $0 + ($1.isEmpty ? "\n" : "    \(TextStyle.safe($1))\n")
        }
    }

    private static func line(_ key: String, _ value: String) -> String {
        key + String(repeating: " ", count: 11 - key.count) + TextStyle.safe(value) + "\n"
    }

    private static func name(_ person: Person) -> String { "\(person.name) <\(person.email)>" }
}
