#if canImport(System)
    internal import System
#else
    internal import SystemPackage
#endif

/// A connection over the standard input and output of a child process.
final class PeerProcess: SmartConnection {
    private let program: String
    private let location: String
    private let explain: (PeerComplaint) -> TransportError?
    private let watch: TransferWatch
    private let pipes: PeerPipes
    private var child: ChildProcess?
    private var complaint = PeerComplaint()

    /// - Parameters:
    ///   - location: what is never repeated of the program's complaints.
    ///   - explain: what the whole complaint means; nil where it may be shown in its own words.
    init(
        _ command: PeerCommand, at location: String, _ watch: TransferWatch,
        explain: @escaping (PeerComplaint) -> TransportError? = { _ in nil }
    ) throws(TransportError) {
        let pipes = try PeerPipes()
        defer { pipes.theirs.close() }
        do throws(TransportError) {
            child = try ChildProcess(command, pipes.theirs)
        } catch {
            pipes.ours.close()
            throw error
        }
        self.pipes = pipes
        self.watch = watch
        self.location = location
        self.explain = explain
        program = command.program
    }

    func read(into room: inout MutableRawSpan) throws(TransportError) -> Int {
        while true {
            try watch.check()
            // Asked before reading, so that the last words of a peer that has ended are not lost.
            let hasEnded = child?.hasEnded ?? true
            let count = unsafe room.withUnsafeMutableBytes {
                unsafe pipes.ours.output.take(into: $0)
            }
            switch count {
            case .some(let count) where count > 0: return count
            case .some: throw broken()
            case nil where hasEnded: throw broken()
            case nil: wait(for: pipes.ours.output, .readable)
            }
        }
    }

    func write(_ bytes: RawSpan) throws(TransportError) {
        var position = 0
        while position < bytes.byteCount {
            try watch.check()
            let rest = bytes.extracting(position...)
            switch unsafe rest.withUnsafeBytes({ unsafe pipes.ours.input.give($0) }) {
            case .some(let count) where count > 0: position += count
            case .some: throw broken()
            case nil: wait(for: pipes.ours.input, .writable)
            }
        }
    }

    func close() {
        // Without its pipes a sound peer ends at once; any other is ended with all it started.
        pipes.ours.close()
        child = nil
    }

    private func wait(for descriptor: FileDescriptor, _ readiness: Readiness) {
        let error = complaint.hasEnded ? nil : pipes.ours.error
        descriptor.wait(for: readiness, or: error, atMost: watch.waitMilliseconds)
        complaint.listen(to: pipes.ours.error)
    }

    /// Why the stream ended before its time.
    private func broken() -> TransportError {
        // What a peer complains about comes before its end, which may follow that of its stream.
        _ = child?.hasEnded(within: .milliseconds(200))
        complaint.listen(to: pipes.ours.error)
        return explain(complaint)
            ?? .unavailable(complaint.summary(hiding: location) ?? "\(program) broke off")
    }
}
