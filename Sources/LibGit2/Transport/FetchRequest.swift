/// What to fetch, and how much time and data it may take.
package struct FetchRequest: Sendable {
    /// Where the repository is.
    package var peer: PeerAddress

    /// What to fetch and which references to set to it, such as
    /// `+refs/heads/channels/a/b:refs/incoming/b`.
    ///
    /// Names are full. With `+` the reference is moved in any case, without only forward. Without
    /// `:` and a second name no reference is set.
    package var refspecs: [String]

    /// The references here, by the start of their names, of which the peer is told what they reach,
    /// for it to leave out: a few that it surely knows. Where there are none, or with nil, all.
    package var offers: String?

    /// How the peer is reached.
    package var access: PeerAccess

    /// For all of it, from the start.
    package var deadline: Duration

    /// Of everything that the peer sends.
    package var maximumBytes: Int

    /// Of the peer's list of references, which is held in memory.
    package var maximumListBytes = 8 << 20

    /// Where programs are looked for; nil means this process's own `PATH`.
    package var searchPath: String?

    /// Told how far it is, with numbers that never fall: at most ten times a second, and at the end
    /// of a fetch that succeeds what it received in all. It must not block.
    package var observer: TransferObserver?

    package init(
        peer: PeerAddress, refspecs: [String], offers: String? = nil,
        access: PeerAccess = PeerAccess(), deadline: Duration, maximumBytes: Int,
        searchPath: String? = nil
    ) {
        self.peer = peer
        self.refspecs = refspecs
        self.offers = offers
        self.access = access
        self.deadline = deadline
        self.maximumBytes = maximumBytes
        self.searchPath = searchPath
    }

    /// A fetch from the repository at an absolute path of this host.
    package init(
        location: String, refspecs: [String], deadline: Duration, maximumBytes: Int,
        searchPath: String? = nil
    ) {
        self.init(
            peer: .path(location), refspecs: refspecs, deadline: deadline,
            maximumBytes: maximumBytes, searchPath: searchPath)
    }
}
