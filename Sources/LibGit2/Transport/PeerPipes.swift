internal import CLibgit2Shims
internal import Synchronization

#if canImport(System)
    internal import System
#else
    internal import SystemPackage
#endif

/// The pipes to and from a child process. Our ends never wait.
struct PeerPipes: Sendable {
    let ours: PeerEnds
    let theirs: PeerEnds

    init() throws(TransportError) {
        var made: [(read: FileDescriptor, write: FileDescriptor)] = []
        do throws(TransportError) {
            while made.count < 3 { made.append(try Self.pipe()) }
        } catch {
            for ends in made {
                try? ends.read.close()
                try? ends.write.close()
            }
            throw error
        }
        ours = PeerEnds(input: made[0].write, output: made[1].read, error: made[2].read)
        theirs = PeerEnds(input: made[0].read, output: made[1].write, error: made[2].write)
        for descriptor in [ours.input, ours.output, ours.error] {
            _ = sheaf_do_not_wait(descriptor.rawValue)
        }
    }

    private static func pipe() throws(TransportError) -> (
        read: FileDescriptor, write: FileDescriptor
    ) {
        var readEnd: Int32 = -1
        var writeEnd: Int32 = -1
        guard unsafe sheaf_pipe(&readEnd, &writeEnd) == 0 else {
            throw .git(GitError(code: .ioFailure, message: "no pipe can be made"))
        }
        return (FileDescriptor(rawValue: readEnd), FileDescriptor(rawValue: writeEnd))
    }
}

/// The descriptors at one side of the pipes.
final class PeerEnds: Sendable {
    let input: FileDescriptor
    let output: FileDescriptor
    let error: FileDescriptor
    private let isOpen = Mutex(true)

    init(input: FileDescriptor, output: FileDescriptor, error: FileDescriptor) {
        self.input = input
        self.output = output
        self.error = error
    }

    /// Closes them, once: a number that was given back may be someone else's by now.
    func close() {
        isOpen.withLock { isOpen in
            guard isOpen else { return }
            isOpen = false
            for descriptor in [input, output, error] { try? descriptor.close() }
        }
    }
}
