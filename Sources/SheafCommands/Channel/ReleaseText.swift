internal import BundleModel
internal import BundleRepository

/// Releases for people.
enum ReleaseText {
    /// The newest release of each channel.
    static func channels(_ releases: [Release], _ style: TextStyle) -> String {
        var table = TextTable([
            "CHANNEL": .left, "RELEASE": .right, "REVISION": .right, "RELEASED": .left,
            "COMMIT": .left, "DIGEST": .left, "REASON": .left,
        ])
        for release in releases {
            table.add([
                release.channel.rawValue, String(release.sequence),
                String(release.provenance.revision.revision), release.releasedAt.description,
                release.commit.short, release.provenance.revision.digest.short,
                release.provenance.reason,
            ])
        }
        return table.text(style)
    }

    /// The releases of one channel.
    static func log(_ releases: [Release], _ style: TextStyle) -> String {
        var table = TextTable([
            "RELEASE": .right, "REVISION": .right, "RELEASED": .left, "COMMIT": .left,
            "RELEASER": .left, "REASON": .left,
        ])
        for release in releases {
            table.add([
                String(release.sequence), String(release.provenance.revision.revision),
                release.releasedAt.description, release.commit.short, release.releaser.name,
                release.provenance.reason,
            ])
        }
        return table.text(style)
    }

    /// A release that was made now.
    static func made(_ release: Release, _ style: TextStyle) -> String {
        let revision = release.provenance.revision
        var text =
            "\(style.green("released")) \(style.bold("\(revision.bundle)@\(release.channel)"))"
        text += " #\(release.sequence): revision \(revision.revision)\n"
        text += "  digest    \(revision.digest)\n"
        return text + "  commit    \(release.commit)\n"
    }
}
