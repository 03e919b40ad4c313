internal import HTTPServing
internal import NIOCore
internal import Synchronization

/// The output of one run of `git`, which many requests read, each at its own pace, while it is
/// still being written.
///
/// What is small stays in memory; what is not goes to a file without a name, so that neither a slow
/// reader nor a large bundle costs memory, and `git` is done at the speed of the disk.
final class SharedResponse: Sendable {
    /// How it ended.
    enum End: Sendable {
        case complete
        case failed(any Error)
    }

    private struct State {
        var memory: [ByteBuffer] = []
        /// Where each part in memory starts.
        var starts: [Int] = []
        var file: Spool?
        var length = 0
        var end: End?
        var waiting: [Int: CheckedContinuation<Void, Never>] = [:]
        var lastWaiter = 0
    }

    private let state = Mutex(State())
    private let folder: String
    private let budget: ByteBudget
    private let maximumBytes: Int
    /// Up to here it stays in memory.
    static let memoryLimit = 1 << 20
    /// The most that one read gives.
    private static let largestPart = 256 << 10

    /// - Parameters:
    ///   - folder: where the file goes if there is one.
    ///   - budget: what its bytes count in as long as the file is there.
    ///   - maximumBytes: over this the response fails.
    init(folder: String, budget: ByteBudget, maximumBytes: Int) {
        self.folder = folder
        self.budget = budget
        self.maximumBytes = maximumBytes
    }

    /// How many bytes there are by now, and whether that is all.
    var size: (bytes: Int, isComplete: Bool) {
        state.withLock { state in
            if case .complete = state.end { return (state.length, true) }
            return (state.length, false)
        }
    }

    /// Why it failed, when it did before there was anything to send; nil otherwise.
    var failureBeforeAnything: End? {
        state.withLock { state in
            guard state.length == 0, case .failed = state.end else { return nil }
            return state.end
        }
    }

    /// The whole of a small response that is complete; nil for any other.
    var whole: ByteBuffer? {
        state.withLock { state in
            guard case .complete = state.end, state.file == nil else { return nil }
            if state.memory.count == 1 { return state.memory[0] }
            var all = ByteBuffer()
            for var part in state.memory { all.writeBuffer(&part) }
            state.memory = [all]
            state.starts = [0]
            return all
        }
    }

    /// Adds output; there is one writer.
    func append(_ part: ByteBuffer) async throws {
        let (length, file, parts) = state.withLock { ($0.length, $0.file, $0.memory) }
        guard length + part.readableBytes <= maximumBytes else { throw TooLarge() }
        if file == nil, length + part.readableBytes <= Self.memoryLimit {
            return wake { state in
                state.starts.append(state.length)
                state.memory.append(part)
                state.length += part.readableBytes
            }
        }
        let target: Spool
        if let file {
            target = file
        } else {
            target = try await Spool.make(in: folder, budget)
            try await target.write(parts.flatMap { Array($0.readableBytesView) }, at: 0)
        }
        try await target.write(Array(part.readableBytesView), at: length)
        wake { state in
            state.file = target
            state.memory = []
            state.starts = []
            state.length += part.readableBytes
        }
    }

    /// Nothing more will come.
    func finish(_ end: End) {
        wake { $0.end = $0.end ?? end }
    }

    /// What there is from a place on, waiting until there is something; nil at the end.
    ///
    /// Throws what the writer failed with.
    func read(from offset: Int) async throws -> ByteBuffer? {
        while true {
            let known = state.withLock { state -> (Known, Spool?) in
                if state.length > offset { return (Self.part(state, offset), state.file) }
                guard let end = state.end else { return (.nothing, nil) }
                return (.end(end), nil)
            }
            switch known.0 {
            case .part(let buffer): return buffer
            case .inFile(let count):
                guard let file = known.1 else { return nil }
                return ByteBuffer(bytes: try await file.read(at: offset, count: count))
            case .end(.complete): return nil
            case .end(.failed(let error)): throw error
            case .nothing:
                await wait(beyond: offset)
                try Task.checkCancellation()
            }
        }
    }

    /// Waits until it is complete, has failed, or is longer than so many bytes; no longer than the
    /// task wants to.
    func wait(beyond length: Int) async {
        while !Task.isCancelled, state.withLock({ $0.end == nil && $0.length <= length }) {
            let number = state.withLock { state in
                state.lastWaiter += 1
                return state.lastWaiter
            }
            await withTaskCancellationHandler {
                await withCheckedContinuation { continuation in
                    let isOver = state.withLock { state in
                        if state.end != nil || state.length > length { return true }
                        if Task.isCancelled { return true }
                        state.waiting[number] = continuation
                        return false
                    }
                    if isOver { continuation.resume() }
                }
            } onCancel: {
                state.withLock { $0.waiting.removeValue(forKey: number) }?.resume()
            }
        }
    }

    /// More than one response may have.
    struct TooLarge: Error {}

    private enum Known {
        case part(ByteBuffer)
        case inFile(Int)
        case end(End)
        case nothing
    }

    private static func part(_ state: State, _ offset: Int) -> Known {
        if state.file != nil { return .inFile(min(largestPart, state.length - offset)) }
        // The last part that starts at or before the place.
        let place = (state.starts.lastIndex { $0 <= offset }) ?? 0
        var part = state.memory[place]
        part.moveReaderIndex(forwardBy: offset - state.starts[place])
        return .part(part)
    }

    private func wake(_ change: (inout sending State) -> Void) {
        let waiting = state.withLock { state in
            change(&state)
            defer { state.waiting = [:] }
            return state.waiting.values
        }
        for waiter in waiting { waiter.resume() }
    }
}
