internal import CLibgit2Shims

#if canImport(System)
    internal import System
#else
    internal import SystemPackage
#endif

/// The pipes to and from a child process. Our ends never wait.
struct PeerPipes: Sendable {
    /// Three descriptors of one side.
    struct Ends: Sendable {
        var input: FileDescriptor
        var output: FileDescriptor
        var error: FileDescriptor

        func close() {
            for descriptor in [input, output, error] { try? descriptor.close() }
        }
    }

    let ours: Ends
    let theirs: Ends

    init() throws(TransportError) {
        let input = try Self.pipe()
        let output: (read: FileDescriptor, write: FileDescriptor)
        let error: (read: FileDescriptor, write: FileDescriptor)
        do throws(TransportError) {
            output = try Self.pipe()
        } catch {
            Self.close(input)
            throw error
        }
        do throws(TransportError) {
            error = try Self.pipe()
        } catch {
            Self.close(input)
            Self.close(output)
            throw error
        }
        ours = Ends(input: input.write, output: output.read, error: error.read)
        theirs = Ends(input: input.read, output: output.write, error: error.write)
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

    private static func close(_ ends: (read: FileDescriptor, write: FileDescriptor)) {
        try? ends.read.close()
        try? ends.write.close()
    }
}
