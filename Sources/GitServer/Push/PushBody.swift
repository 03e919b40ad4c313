internal import BundleModel
internal import HTTPServing
internal import Hummingbird
internal import NIOCore
internal import Subprocess

/// The body of a push: its start is read to see what it is about, then the rest is received, and
/// only then `git` is run on it, so that whoever sends slowly keeps nobody from pushing.
///
/// One task at a time uses it: first ``commands(atMost:)``, then ``receive(in:_:)``, then
/// ``write(to:)``.
actor PushBody {
    private var rest: RequestBody.AsyncIterator
    private var count = 0
    private let limit: Int
    /// What came last; all of it as long as there is no file.
    private var bytes: [UInt8] = []
    private var spool: Spool?
    private var spooled = 0
    /// Up to here it stays in memory.
    private static let memoryLimit = 1 << 20
    /// The most that is read from the file at once.
    private static let largestPart = 256 << 10

    /// - Parameter limit: over so many bytes the push fails.
    init(_ rest: RequestBody.AsyncIterator, limit: Int) {
        self.rest = rest
        self.limit = limit
    }

    /// Reads as far as the references that are to move go.
    func commands(atMost limit: Int) async throws -> ReferenceCommands {
        var commands = ReferenceCommands()
        while true {
            do throws(ReferenceCommands.Malformed) {
                if try commands.read(bytes) { return commands }
            } catch {
                throw Problem(SheafError(.invalidRequest, "the body is not a push"))
            }
            guard bytes.count < limit else {
                throw Problem(
                    SheafError(.limitExceeded, "the list of references is over \(limit) bytes"))
            }
            guard try await next() else {
                throw Problem(SheafError(.invalidRequest, "the body is not a push"))
            }
        }
    }

    /// Receives the rest: into memory, or into a file in a folder when it is large.
    func receive(in folder: String, _ budget: ByteBudget) async throws {
        while try await next() {
            if bytes.count >= Self.memoryLimit { try await store(folder, budget) }
        }
        if spool != nil { try await store(folder, budget) }
    }

    /// Passes everything on.
    func write(to writer: StandardInputWriter) async throws {
        var offset = 0
        while let spool, offset < spooled {
            let part = try await spool.read(
                at: offset, count: min(Self.largestPart, spooled - offset))
            _ = try await writer.write(part)
            offset += part.count
        }
        if !bytes.isEmpty { _ = try await writer.write(bytes) }
    }

    private func store(_ folder: String, _ budget: ByteBudget) async throws {
        let file: Spool
        if let spool { file = spool } else { file = try await Spool.make(in: folder, budget) }
        spool = file
        let part = bytes
        bytes = []
        try await file.write(part, at: spooled)
        spooled += part.count
    }

    /// Takes one more part; gives whether there was one.
    private func next() async throws -> Bool {
        // Parts that are there already are given without a wait.
        try Task.checkCancellation()
        var iterator = rest
        let part = try await iterator.next(isolation: self)
        rest = iterator
        guard let part else { return false }
        count += part.readableBytes
        guard count <= limit else {
            throw Problem(SheafError(.limitExceeded, "the push is over \(limit) bytes"))
        }
        bytes.append(contentsOf: part.readableBytesView)
        return true
    }
}
