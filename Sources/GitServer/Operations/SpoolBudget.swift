internal import HTTPServing
internal import Synchronization

/// How many bytes of answers and pushes may lie in files at once, whoever they are for.
final class SpoolBudget: Sendable {
    private let used = Mutex(0)
    private let maximum: Int

    /// - Parameter maximum: of all bytes in files.
    init(maximum: Int) {
        self.maximum = maximum
    }

    /// Takes a part of it; throws ``Problem`` with 503 when there is no more.
    func take(_ bytes: Int) throws {
        let isThere = used.withLock { used in
            guard used + bytes <= maximum else { return false }
            used += bytes
            return true
        }
        guard isThere else { throw Admission.busy }
    }

    /// Gives a part back.
    func giveBack(_ bytes: Int) { used.withLock { $0 -= bytes } }

    /// How much is taken.
    var taken: Int { used.withLock { $0 } }
}
