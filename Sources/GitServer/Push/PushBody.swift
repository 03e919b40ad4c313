internal import BundleModel
internal import HTTPServing
internal import Hummingbird
internal import NIOCore
internal import Subprocess
internal import Synchronization

/// The body of a push: its start is read to see what it is about, then all of it goes to `git`.
///
/// One task at a time reads it: first ``commands(atMost:)``, then ``write(to:)``.
actor PushBody {
    private var rest: RequestBody.AsyncIterator
    private var start: [UInt8] = []
    private var count = 0
    private let limit: Int
    private let failed = Mutex<Problem?>(nil)

    /// - Parameter limit: over so many bytes the push fails.
    init(_ rest: RequestBody.AsyncIterator, limit: Int) {
        self.rest = rest
        self.limit = limit
    }

    /// Why the body was not passed on to its end; nil when it was.
    nonisolated var failure: Problem? { failed.withLock { $0 } }

    /// Reads as far as the references that are to move go.
    func commands(atMost limit: Int) async throws -> ReferenceCommands {
        while true {
            do throws(ReferenceCommands.Malformed) {
                if let commands = try ReferenceCommands(start) { return commands }
            } catch {
                throw Problem(SheafError(.invalidRequest, "the body is not a push"))
            }
            guard start.count < limit else {
                throw Problem(
                    SheafError(.limitExceeded, "the list of references is over \(limit) bytes"))
            }
            guard let part = try await next() else {
                throw Problem(SheafError(.invalidRequest, "the body is not a push"))
            }
            start.append(contentsOf: part.readableBytesView)
        }
    }

    /// Passes everything on; where it has to stop, it says why in ``failure``.
    func write(to writer: StandardInputWriter) async throws {
        _ = try await writer.write(start)
        do {
            while let part = try await next() {
                _ = try await writer.write(part.readableBytesSpan)
            }
        } catch let error as Problem {
            failed.withLock { $0 = error }
            throw error
        }
    }

    private func next() async throws -> ByteBuffer? {
        var iterator = rest
        let part = try await iterator.next(isolation: self)
        rest = iterator
        count += part?.readableBytes ?? 0
        guard count <= limit else {
            throw Problem(SheafError(.limitExceeded, "the push is over \(limit) bytes"))
        }
        return part
    }
}
