/// What a fetch brought.
package struct FetchOutcome: Sendable, Hashable {
    /// Objects in the pack that came; 0 when nothing was lacking.
    package var receivedObjects: Int

    /// Everything that the peer sent, its list of references included.
    package var receivedBytes: Int

    /// Everything that the peer was sent of Git's protocol.
    package var sentBytes: Int

    /// The references of the peer, by full name; `HEAD` too. Peeled tags (`^{}`) are left out.
    package var advertised: [String: ObjectID]
}
