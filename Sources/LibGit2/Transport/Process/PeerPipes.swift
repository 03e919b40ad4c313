internal import CLibgit2Shims

#if canImport(System)
    internal import System
#else
    internal import SystemPackage
#endif

/// The pipes to and from a child process.
struct PeerPipes: Sendable {
    /// The descriptors at one side; closed once, by whoever has them.
    struct Ends: Sendable {
        var input: FileDescriptor
        var output: FileDescriptor
        var error: FileDescriptor

        func close() {
            for descriptor in [input, output, error] { try? descriptor.close() }
        }
    }

    /// Our ends, which never wait.
    let ours: Ends
    let theirs: Ends

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
        ours = Ends(input: made[0].write, output: made[1].read, error: made[2].read)
        theirs = Ends(input: made[0].read, output: made[1].write, error: made[2].write)
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
