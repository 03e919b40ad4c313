/// Where the daemon that owns a store is reached by the programs of its owner.
package enum RuntimeSocket {
    /// The path of the Unix socket: in the store, which nobody else can look into.
    package static func path(ofStore store: String) -> String { "\(store)/runtime.sock" }
}
