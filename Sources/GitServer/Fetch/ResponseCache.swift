internal import Crypto
internal import Synchronization

/// Answers of upload-pack by what was asked, so that a fleet that asks the same gets one answer.
///
/// An answer is made once, however many ask while it is being made. Only complete answers stay, the
/// least recently used go first, and none is used for a request whose wishes are not branches'
/// tips that the caller may see: that is checked anew for each request.
final class ResponseCache: Sendable {
    /// What was asked of which repository by somebody who may see so much.
    struct Key: Hashable, Sendable {
        private let repository: String
        private let visibility: Visibility
        private let request: [UInt8]

        init(repository: String, visibility: Visibility, request: [UInt8]) {
            self.repository = repository
            self.visibility = visibility
            self.request = Array(SHA256.hash(data: request))
        }
    }

    /// How an answer was come by.
    enum Outcome: String, Sendable {
        case hit, joined, miss
    }

    private struct Entry {
        let response: SharedResponse
        var lastUse: Int
        var bytes = 0
    }

    private struct State {
        var entries: [Key: Entry] = [:]
        var bytes = 0
        var uses = 0
    }

    private let state = Mutex(State())
    private let maximumBytes: Int
    /// However small, each costs its key and some bookkeeping.
    private static let maximumEntries = 4096

    /// - Parameter maximumBytes: of all complete answers that are kept, in memory and on disk.
    init(maximumBytes: Int) {
        self.maximumBytes = maximumBytes
    }

    /// The answer for a key: one that is there, or a new one, which the caller has to make and
    /// then to hand to ``keep(_:for:)``.
    func response(
        for key: Key, making new: () -> SharedResponse
    ) -> (response: SharedResponse, outcome: Outcome) {
        state.withLock { state in
            state.uses += 1
            if var entry = state.entries[key] {
                entry.lastUse = state.uses
                state.entries[key] = entry
                return (entry.response, entry.response.size.isComplete ? .hit : .joined)
            }
            let response = new()
            state.entries[key] = Entry(response: response, lastUse: state.uses)
            return (response, .miss)
        }
    }

    /// Keeps an answer that is complete, and forgets one that failed.
    func keep(_ response: SharedResponse, for key: Key) {
        let size = response.size
        state.withLock { state in
            guard let entry = state.entries[key], entry.response === response else { return }
            guard size.isComplete, size.bytes <= maximumBytes / 2 else {
                state.entries[key] = nil
                return
            }
            state.entries[key]?.bytes = size.bytes
            state.bytes += size.bytes
            while state.bytes > maximumBytes || state.entries.count > Self.maximumEntries {
                let complete = state.entries.filter { $0.value.response.size.isComplete }
                guard let oldest = complete.min(by: { $0.value.lastUse < $1.value.lastUse })
                else { break }
                state.bytes -= oldest.value.bytes
                state.entries[oldest.key] = nil
            }
        }
    }

    /// How many answers there are, and their bytes.
    var size: (entries: Int, bytes: Int) { state.withLock { ($0.entries.count, $0.bytes) } }
}
