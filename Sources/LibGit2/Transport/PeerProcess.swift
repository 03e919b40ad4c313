internal import Dispatch
internal import Subprocess
internal import Synchronization

#if canImport(System)
    internal import System
#else
    internal import SystemPackage
#endif

/// A connection over the standard input and output of a child process.
///
/// The process is started, watched and reaped by a task; this side, on a thread that may block,
/// has nothing of it but pipes.
final class PeerProcess: SmartConnection {
    private let command: PeerCommand
    private let location: String
    private let watch: TransferWatch
    private let pipes: PeerPipes
    private let exit: PeerExit
    private let task: Task<Void, Never>
    private var complaint = PeerComplaint()

    init(
        _ command: PeerCommand, at location: String, _ watch: TransferWatch
    ) throws(TransportError) {
        let pipes = try PeerPipes()
        let exit = PeerExit()
        self.exit = exit
        self.command = command
        self.location = location
        self.watch = watch
        self.pipes = pipes
        task = Self.start(command, pipes.theirs, exit)
    }

    func read(into room: inout MutableRawSpan) throws(TransportError) -> Int {
        while true {
            try watch.check()
            // Asked before reading, so that the last words of a peer that has ended are not lost.
            let hasEnded = exit.reason != nil
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
        pipes.ours.close()
        // Without its pipes a sound peer ends at once; any other is killed with all it started.
        if !exit.wait(atMost: .milliseconds(200)) {
            task.cancel()
            _ = exit.wait(atMost: .seconds(5))
        }
    }

    private func wait(for descriptor: FileDescriptor, _ readiness: Readiness) {
        let error = complaint.hasEnded ? nil : pipes.ours.error
        descriptor.wait(for: readiness, or: error, atMost: watch.waitMilliseconds)
        complaint.listen(to: pipes.ours.error)
    }

    /// Why the stream ended before its time.
    private func broken() -> TransportError {
        _ = exit.wait(atMost: .seconds(1))
        complaint.listen(to: pipes.ours.error)
        let ending = exit.reason ?? "\(command.program) broke off"
        return .unavailable(complaint.summary(naming: location) ?? ending)
    }

    private static func start(
        _ command: PeerCommand, _ ends: PeerEnds, _ exit: PeerExit
    ) -> Task<Void, Never> {
        Task.detached { exit.report(await run(command, ends)) }
    }

    private static func run(_ command: PeerCommand, _ ends: PeerEnds) async -> String {
        var options = PlatformOptions()
        // A group of its own, so that what the peer has started can be ended with it.
        options.processGroupID = 0
        options.teardownSequence = [
            .send(
                signal: .terminate, toProcessGroup: true,
                allowedDurationToNextStep: .milliseconds(100))
        ]
        do {
            let result = try await Subprocess.run(
                .name(command.program), arguments: Arguments(command.arguments),
                environment: command.environment, platformOptions: options,
                input: .fileDescriptor(ends.input, closeAfterSpawningProcess: false),
                output: .fileDescriptor(ends.output, closeAfterSpawningProcess: false),
                error: .fileDescriptor(ends.error, closeAfterSpawningProcess: false)
            ) { _ in ends.close() }
            return "\(command.program) ended early: \(result.terminationStatus)"
        } catch {
            ends.close()
            return "\(command.program) cannot be run"
        }
    }
}
