public import BundleModel
public import Foundation
internal import GRDB

/// Numbers about a store, for whoever watches over the host.
public struct RuntimeMeasures: Sendable {
    /// How many workers there are, by the name of their state; every state is there.
    public let workers: [String: Int]
    /// When the repositories of channels last answered with something that passed all checks.
    public let contacts: [FollowedChannel: Date]
    /// The clock of the runtime.
    public let moment: Date
}

extension WorkerRuntime {
    /// Counts; throws `store_corrupt`, `store_busy`, `io_error`.
    public func measures() throws(SheafError) -> RuntimeMeasures {
        let (states, channels) = try database.read { database in
            let states = try Row.fetchAll(
                database, sql: "SELECT state, COUNT(*) FROM worker GROUP BY state")
            return (
                states.map { ($0[0] as String, $0[1] as Int) },
                try ChannelRecord.fetchAll(database)
            )
        }
        var workers = Dictionary(uniqueKeysWithValues: WorkerState.names.map { ($0, 0) })
        for (state, count) in states where workers[state] != nil { workers[state] = count }
        var contacts: [FollowedChannel: Date] = [:]
        for channel in channels {
            guard let contact = channel.contactedAt,
                let place = ChannelPlace([channel.workspace, channel.bundle, channel.channel])
            else { continue }
            contacts[FollowedChannel(place.workspace, place.bundle, place.channel)] = contact
        }
        return RuntimeMeasures(workers: workers, contacts: contacts, moment: now())
    }
}
