internal import Foundation
internal import TestSupport

/// A hundred bundles followed from ten remotes: how long until those of eight are current when the
/// other two hang, beside the same without the two.
///
/// One of the two takes connections and says nothing, the other begins an answer and stops. Each
/// round begins with an empty store, and without the part of an interval by which a first look is
/// put off by chance.
enum FollowRows {
    private static let rounds = 5

    static func run(_ place: Workplace) async throws -> [Row] {
        let fleet = try await RemoteFleet.make(place, "follow")
        let silent = try ScriptedServer { connection in
            while !connection.read().isEmpty {}
        }
        let stalling = try ScriptedServer { connection in
            guard connection.readRequest() != nil else { return }
            let head = [
                "HTTP/1.1 200 OK",
                "Content-Type: application/x-git-upload-pack-advertisement",
                "Content-Length: 4096", "", "001e# service=git-upload-pack\n",
            ]
            connection.write(Array(head.joined(separator: "\r\n").utf8))
            while !connection.read().isEmpty {}
        }
        defer {
            silent.stop()
            stalling.stop()
        }
        let good = RemoteFleet.remotes - RemoteFleet.hanging
        let pair = try await PairedTiming.measure(
            rounds: rounds,
            ours: { _ in
                try await follow(
                    fleet, fleet.store("follow-bad", silent: [silent.port, stalling.port]),
                    RemoteFleet.remotes)
            },
            theirs: { _ in try await follow(fleet, fleet.store("follow-good"), good) })
        return [
            Row(
                "100 bundles of 10 remotes of which 2 hang, start until 80 are current", pair,
                beside: "without the two", target: "0.8–1.2×")
        ]
    }

    private static func follow(
        _ fleet: RemoteFleet, _ store: String, _ remotes: Int
    ) async throws {
        let daemon = try await ServedDaemon(
            fleet.place, store: store, following: RemoteFleet.channels(ofFirst: remotes),
            settings: ["sync.jitter=0"])
        let good = RemoteFleet.remotes - RemoteFleet.hanging
        try await daemon.waitForReleases(good * RemoteFleet.bundlesEach)
        daemon.stop()
    }
}
