internal import CLibgit2Shims
internal import Clibgit2

extension Repository {
    /// Takes a pack that comes in parts, and makes it part of the repository, durably.
    ///
    /// Bases that the pack lacks are taken from here. Every object is hashed; whether what it leads
    /// to is here is for the caller to find out. When this throws, nothing is kept.
    ///
    /// - Parameters:
    ///   - next: gives the next bytes; none at the end.
    /// - Returns: how many objects came.
    /// - Throws: `.git` with `.corrupt` for what is no pack, `.deadlineExceeded`, `.cancelled`.
    package func receivePack(
        deadline: Duration, isCancelled: @escaping @Sendable () -> Bool,
        _ next: () throws(FileSystemError) -> [UInt8]
    ) throws(TransportError) -> Int {
        let watch = PackWatch(TransferWatch(deadline: deadline, isCancelled: isCancelled))
        do throws(GitError) {
            var intake = try unsafe PackIntake(objects: objects)
            // libgit2's indexer asks nobody while it resolves deltas, and 1.5.1 may never end.
            unsafe sheaf_budget_begin(
                Self.largestObject, { unsafe Self.ask($0) },
                Unmanaged.passUnretained(watch).toOpaque())
            defer { sheaf_budget_end() }
            while true {
                let bytes: [UInt8]
                do throws(FileSystemError) { bytes = try next() } catch {
                    throw GitError(code: .ioFailure, message: "\(error)")
                }
                if bytes.isEmpty { break }
                guard watch.goesOn else {
                    throw GitError(code: .userCancelled, message: "stopped")
                }
                try intake.append(bytes)
            }
            let count = try intake.finish()
            refreshObjects()
            return count
        } catch {
            // What stopped it says more than what libgit2 made of that.
            try watch.check()
            throw .git(error)
        }
    }

    private static func ask(_ context: UnsafeMutableRawPointer?) -> Int32 {
        unsafe Unmanaged<PackWatch>.fromOpaque(context!).takeUnretainedValue().goesOn ? 0 : -1
    }
}

/// What is asked whether to go on; a class for the pointer of a callback.
private final class PackWatch {
    private let watch: TransferWatch

    init(_ watch: TransferWatch) { self.watch = watch }

    func check() throws(TransportError) { try watch.check() }

    var goesOn: Bool { (try? watch.check()) != nil }
}

/// The bytes of a whole pack on their way into libgit2, which writes and indexes them.
@safe  // the handle never leaves
private struct PackIntake: ~Copyable {
    private let handle: UnsafeMutablePointer<git_odb_writepack>
    private var progress = git_indexer_progress()

    init(objects: OpaquePointer) throws(GitError) {
        var handle: UnsafeMutablePointer<git_odb_writepack>?
        try check(unsafe git_odb_write_pack(&handle, objects, nil, nil))
        guard let handle = unsafe handle else {
            throw GitError(code: .other(0), message: "libgit2 gave no pack to write")
        }
        unsafe self.handle = unsafe handle
    }

    deinit {
        // Without a commit before it, this removes what was written.
        unsafe handle.pointee.free(handle)
    }

    mutating func append(_ bytes: [UInt8]) throws(GitError) {
        let code = ReadWatch.run(isTimed: false) {
            unsafe bytes.withUnsafeBytes { bytes in
                unsafe handle.pointee.append(handle, bytes.baseAddress, bytes.count, &progress)
            }
        }
        try check(code)
    }

    mutating func finish() throws(GitError) -> Int {
        try check(
            ReadWatch.run(isTimed: false) { unsafe handle.pointee.commit(handle, &progress) })
        return Int(progress.total_objects)
    }
}
