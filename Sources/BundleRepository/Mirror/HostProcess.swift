internal import LibGit2

/// A process of this host, told from a later one that got its number.
package struct HostProcess: Codable, Hashable, Sendable {
    /// Its number.
    package let number: Int32
    /// When it was started, as the system tells it.
    package let start: String

    /// The process that has this number now; nil when there is none.
    package init?(number: Int32) {
        guard let start = ProcessStart.mark(of: number) else { return nil }
        self.number = number
        self.start = start
    }

    /// Whether it is still there.
    package var isAlive: Bool { ProcessStart.mark(of: number) == start }
}
