internal import BundleModel
internal import Synchronization

/// Tells what was complained of before from what is new, where the same is asked again and again.
final class Complaints: Sendable {
    private let last = Mutex<[String: String]?>(nil)

    /// Whether the log would say something else of it than of the last.
    func isNew(_ error: SheafError) -> Bool {
        let facts = HostDiscretion.facts(error)
        return last.withLock { last in
            defer { last = facts }
            return last != facts
        }
    }

    /// There is nothing to complain of: the next complaint is a new one.
    func end() { last.withLock { $0 = nil } }
}
