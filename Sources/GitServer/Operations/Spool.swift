internal import HTTPServing
internal import LibGit2
internal import NIOPosix
internal import Synchronization

/// Bytes in a file without a name, which count in a budget as long as somebody holds them.
final class Spool: Sendable {
    private let file: SpoolFile
    private let budget: ByteBudget
    private let taken = Mutex(0)

    private init(_ file: SpoolFile, _ budget: ByteBudget) {
        self.file = file
        self.budget = budget
    }

    deinit {
        budget.giveBack(taken.withLock { $0 })
    }

    /// Makes an empty one in a directory.
    static func make(in folder: String, _ budget: ByteBudget) async throws -> Spool {
        try await NIOThreadPool.singleton.runIfActive {
            Spool(try SpoolFile(in: folder), budget)
        }
    }

    /// Writes bytes at a place; throws ``Problem`` with 503 when the budget is used up.
    func write(_ bytes: [UInt8], at offset: Int) async throws {
        try budget.take(bytes.count)
        taken.withLock { $0 += bytes.count }
        let file = file
        try await NIOThreadPool.singleton.runIfActive { try file.write(bytes, at: offset) }
    }

    /// Reads so many bytes from a place.
    func read(at offset: Int, count: Int) async throws -> [UInt8] {
        let file = file
        return try await NIOThreadPool.singleton.runIfActive {
            try file.read(at: offset, count: count)
        }
    }
}
