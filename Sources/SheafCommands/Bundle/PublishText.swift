internal import BundleModel
internal import BundleRepository

/// What a publish did, for people.
enum PublishText {
    static func text(_ result: PublishResult, _ style: TextStyle) -> String {
        let revision = result.revision
        let name = style.bold("\(revision.provenance.bundle)@\(revision.number)")
        var text =
            result.isNew
            ? "\(style.green("published")) \(name)\n"
            : "\(style.yellow("unchanged:")) \(name) has these contents already\n"
        text += "  digest    \(revision.digest)\n"
        text += "  commit    \(revision.commit)\n"
        if let release = result.release {
            text += "  release   \(revision.provenance.bundle)@\(release.channel) "
            text += "#\(release.sequence), commit \(release.commit)\n"
        }
        return text + DirectoryText.leftOut(result.leftOut, result.notes, style)
    }
}
