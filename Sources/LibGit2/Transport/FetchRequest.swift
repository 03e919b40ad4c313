/// What to fetch, and how much time and data it may take.
package struct FetchRequest: Sendable {
    /// The absolute path of a repository on this host.
    package var location: String

    /// What to fetch and which references to set to it, such as
    /// `+refs/heads/channels/a/b:refs/incoming/b`.
    ///
    /// Names are full. With `+` the reference is moved in any case, without only forward. Without
    /// `:` and a second name no reference is set.
    package var refspecs: [String]

    /// For all of it, from the start.
    package var deadline: Duration

    /// Of everything that the peer sends.
    package var maximumBytes: Int

    /// Where programs are looked for; nil means this process's own `PATH`.
    package var searchPath: String?

    package init(
        location: String, refspecs: [String], deadline: Duration, maximumBytes: Int,
        searchPath: String? = nil
    ) {
        self.location = location
        self.refspecs = refspecs
        self.deadline = deadline
        self.maximumBytes = maximumBytes
        self.searchPath = searchPath
    }
}
