internal import BundleModel
internal import BundleRepository
internal import Foundation
internal import WorkerRuntime

/// What a host knows of its channels, for people.
enum StatusText {
    static func text(_ channels: [ChannelStatus], _ style: TextStyle) -> String {
        channels.map { text($0, style) }.joined(separator: "\n")
    }

    private static func text(_ status: ChannelStatus, _ style: TextStyle) -> String {
        let name = "\(status.workspace)/\(status.bundle)@\(status.channel)"
        let isGood = status.conditions.isEmpty && status.accepted != nil
        var text = "\(isGood ? style.green("ok") : style.yellow("look")) \(style.bold(name))\n"
        if let accepted = status.accepted {
            text += line("in service", Self.accepted(accepted), since: status.acceptedAt)
        } else {
            text += "  in service  none\n"
        }
        if let desired = status.desired, desired.commit != status.accepted?.commit {
            text += line("wanted", known(desired))
        }
        if let attempted = status.attempted, attempted.commit != status.accepted?.commit {
            text += line("tried", known(attempted))
        }
        if let moment = status.attemptedAt {
            text += "  last try    \(moment.formatted(.iso8601))\n"
        }
        text += "  verified    \(status.contactedAt?.formatted(.iso8601) ?? "never")\n"
        if let origin = status.followed {
            let who =
                origin == .configuration ? "by the daemon's configuration" : "as was asked for"
            text += line("followed", who)
        }
        for condition in status.conditions {
            text += "  \(style.red(condition.kind.rawValue)) (\(condition.reason)): "
            text += TextStyle.safe(condition.message)
            if let since = condition.since { text += ", since \(since.formatted(.iso8601))" }
            text += "\n"
        }
        if let forgotten = status.forgotten {
            text += "  forgotten   #\(forgotten.sequence) at \(forgotten.at.formatted(.iso8601)): "
            text += TextStyle.safe(forgotten.reason) + "\n"
        }
        return text
    }

    private static func line(_ title: String, _ text: String, since: Date? = nil) -> String {
        let padding = String(repeating: " ", count: max(0, 12 - title.count))
        let moment = since.map { ", since \($0.formatted(.iso8601))" } ?? ""
        return "  \(title)\(padding)\(text)\(moment)\n"
    }

    private static func accepted(_ release: Release) -> String {
        "#\(release.sequence) \(release.commit.short), revision "
            + "\(release.provenance.revision.revision), \(release.pin.digest.short)"
    }

    private static func known(_ release: KnownRelease) -> String {
        let number = release.sequence.map { "#\($0) " } ?? ""
        let digest = release.digest.map { ", says \($0.short)" } ?? ""
        return "\(number)\(release.commit.short)\(digest)"
    }
}
