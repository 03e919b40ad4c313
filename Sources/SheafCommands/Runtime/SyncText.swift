internal import BundleModel
internal import BundleRepository
internal import WorkerRuntime

/// What a sync did, for people.
enum SyncText {
    static func text(_ result: SyncResult, _ style: TextStyle) -> String {
        let release = result.release
        let name = style.bold("\(result.pin.bundle)@\(release.channel)")
        let outcome =
            result.outcome == .unchanged
            ? style.yellow(result.outcome.rawValue) : style.green(result.outcome.rawValue)
        var text = "\(outcome) \(name) #\(release.sequence): "
        text += "revision \(release.provenance.revision.revision)"
        if let previous = result.previous, previous.commit != release.commit {
            text += " (was #\(previous.sequence), revision "
            text += "\(previous.provenance.revision.revision))"
        }
        text += "\n  pin       \(result.pin)\n"
        text += "  received  \(received(result.objects, result.bytes))\n"
        return text + profiles(result.profiles, style)
    }

    /// What a transfer has received, at its end or before.
    static func received(_ objects: Int, _ bytes: Int) -> String {
        "\(Count.text(objects, "object")), \(ByteCount.text(bytes))"
    }

    /// One line a profile: what the host policy would say to it now.
    private static func profiles(_ profiles: [ProfilePreflight], _ style: TextStyle) -> String {
        profiles.reduce("") { text, profile in
            var line = "  \(style.bold(profile.profile.rawValue)): "
            line += profile.isAllowed ? style.green("allowed") : style.red("denied")
            if let failure = profile.failure {
                line += ", \(TextStyle.safe(failure.message)) (\(failure.code.rawValue))"
            }
            if !profile.denied.isEmpty {
                line += " " + TextStyle.safe(profile.denied.map(\.subject).joined(separator: ", "))
            }
            if !profile.dropped.isEmpty {
                let dropped = profile.dropped.map(\.subject).joined(separator: ", ")
                line += "; goes without \(TextStyle.safe(dropped))"
            }
            return text + line + "\n"
        }
    }
}
