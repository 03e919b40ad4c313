internal import Synchronization

/// What a run of `git` prints, which comes in parts.
final class CollectedOutput: Sendable {
    private let all = Mutex<[UInt8]>([])

    var bytes: [UInt8] { all.withLock { $0 } }

    func append(_ part: some Collection<UInt8>) {
        all.withLock { $0.append(contentsOf: part) }
    }
}
