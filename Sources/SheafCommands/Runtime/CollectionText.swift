internal import BundleModel
internal import WorkerRuntime

/// What a collection did, for people.
enum CollectionText {
    static func text(_ report: CollectionReport, _ style: TextStyle) -> String {
        var text = ""
        for bundle in report.bundles { text += self.text(bundle, report.isDryRun, style) }
        if !report.removedWorkers.isEmpty {
            let count = Count.text(report.removedWorkers.count, "ended worker")
            text += "\(style.yellow(report.isDryRun ? "would remove" : "removed")) \(count)  "
            text += "\(list(report.removedWorkers.map(\.rawValue)))\n"
        }
        return text
    }

    private static func text(
        _ bundle: BundleCollection, _ isDryRun: Bool, _ style: TextStyle
    ) -> String {
        var text = style.bold("\(bundle.workspace)/\(bundle.bundle)") + "\n"
        if let failure = bundle.failure {
            return text
                + "  \(style.red(failure.code.rawValue)) \(TextStyle.safe(failure.message))\n"
        }
        for release in bundle.kept {
            text += "  \(style.green("keep")) \(release.commit.short)  \(why(release.reason))\n"
        }
        let verb = isDryRun || bundle.waitsForReaders ? "would drop" : "dropped"
        for release in bundle.dropped {
            var name = release.commit.short
            if let channel = release.channel, let sequence = release.sequence {
                name += " (\(channel) #\(sequence))"
            }
            text += "  \(style.yellow(verb)) \(name)  \(why(release.reason))\n"
        }
        for leftover in bundle.leftovers {
            text += "  \(style.yellow(isDryRun ? "would drop" : "dropped")) "
            text += "\(TextStyle.safe(leftover.name))  of an unfinished transfer, "
            text += "\(ByteCount.text(leftover.bytes))\n"
        }
        text += "  objects   \(bundle.keptObjects) kept"
        if bundle.droppedObjects > 0 {
            text += ", \(bundle.droppedObjects) held by nothing "
            text += "(\(ByteCount.text(bundle.droppedBytes)))"
        }
        text += "\n"
        if bundle.waitsForReaders {
            text += "  \(style.yellow("waits")) somebody is reading: what nothing holds goes next "
            text += "time\n"
        }
        if isDryRun {
            text += "  stored    \(size(bundle.packsBefore, bundle.bytesBefore))\n"
        } else {
            text += "  stored    \(size(bundle.packsAfter, bundle.bytesAfter)), before "
            text += "\(size(bundle.packsBefore, bundle.bytesBefore))\n"
        }
        return text
    }

    private static func size(_ packs: Int, _ bytes: Int) -> String {
        "\(ByteCount.text(bytes)) in \(Count.text(packs, "pack"))"
    }

    private static func why(_ reason: KeptRelease.Reason) -> String {
        switch reason {
        case .followed(let channel): "in service on \(channel)"
        case .workers(let workers):
            workers.isEmpty
                ? "pinned"
                : "used by \(workers.count == 1 ? "worker" : "workers") "
                    + list(workers.map(\.rawValue))
        case .arriving(let channel): "just fetched for \(channel), being checked"
        case .inUse: "open in this process"
        case .reference(let name): "held by \(TextStyle.safe(name))"
        }
    }

    private static func why(_ reason: DroppedRelease.Reason) -> String {
        switch reason {
        case .notFollowed: "the host policy does not serve its bundle"
        case .forgotten: "its channel was forgotten"
        case .refused(let code): "refused: \(code.rawValue)"
        case .unused: "no channel leads to it and no live worker uses it"
        }
    }

    private static func list(_ names: [String]) -> String {
        let shown = names.prefix(5).joined(separator: ", ")
        return names.count > 5 ? "\(shown) and \(names.count - 5) more" : shown
    }
}
