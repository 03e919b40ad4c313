internal import Synchronization

/// Bytes that come in parts.
final class Collected: Sendable {
    private let all = Mutex<[UInt8]>([])

    var bytes: [UInt8] { all.withLock { $0 } }

    func append(_ part: some Collection<UInt8>) {
        all.withLock { $0.append(contentsOf: part) }
    }
}
