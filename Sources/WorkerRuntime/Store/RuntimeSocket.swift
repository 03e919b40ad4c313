internal import Foundation

/// Where the daemon that owns a store is reached by the programs of its owner.
package enum RuntimeSocket {
    /// The path of the Unix socket: in the store, which nobody else can look into.
    package static func path(ofStore store: String) -> String { "\(store)/runtime.sock" }

    /// The folder in the store for files that come to the daemon. It is emptied when a daemon starts,
    /// so that nothing of one that was killed stays.
    package static func arrivals(ofStore store: String) -> String { "\(store)/arriving" }

    /// The name of a file there that nobody else has.
    package static func newArrival() -> String {
        "\(UUID().uuidString.lowercased()).bundle"
    }

    /// Whether a name is one that ``newArrival()`` gives.
    package static func isArrival(_ name: String) -> Bool {
        name.hasSuffix(".bundle") && name == name.lowercased()
            && UUID(uuidString: String(name.dropLast(7)))?.uuidString.lowercased()
                == String(name.dropLast(7))
    }
}
