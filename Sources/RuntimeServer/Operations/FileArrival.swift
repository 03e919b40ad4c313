internal import BundleModel
internal import Foundation
internal import HTTPServing
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore
internal import SystemPackage
internal import _NIOFileSystem

/// Puts the body of a request into a file of its own, which is gone when it has been used.
struct FileArrival: Sendable {
    let folder: String
    let maximumBytes: Int
    let time: Duration

    /// Throws ``Problem``: `limit_exceeded`, `deadline_exceeded` with 408; `io_error`.
    func with<Value: Sendable>(
        _ request: Request,
        _ body: (String) async throws -> Value
    ) async throws -> Value {
        if let length = request.headers[.contentLength].flatMap({ Int($0) }),
            length > maximumBytes
        {
            throw tooLarge
        }
        let path = "\(folder)/sheaf-arriving-\(UUID().uuidString).bundle"
        do {
            try await write(request.body, to: FilePath(path))
        } catch {
            try? FileManager.default.removeItem(atPath: path)
            throw error
        }
        defer { try? FileManager.default.removeItem(atPath: path) }
        return try await body(path)
    }

    private func write(_ body: RequestBody, to path: FilePath) async throws {
        do {
            try await Deadline.run(time, "the request's body") {
                try await FileSystem.shared.withFileHandle(
                    forWritingAt: path,
                    options: .newFile(
                        replaceExisting: false, permissions: [.ownerRead, .ownerWrite])
                ) { file in
                    var offset: Int64 = 0
                    for try await part in body {
                        guard offset + Int64(part.readableBytes) <= maximumBytes else {
                            throw tooLarge
                        }
                        offset += try await file.write(
                            contentsOf: part.readableBytesView, toAbsoluteOffset: offset)
                    }
                }
            }
        } catch let error as SheafError where error.code == .deadlineExceeded {
            throw Problem(error, status: .requestTimeout)
        } catch is FileSystemError {
            throw SheafError(.ioError, "the file cannot be written on this host")
        }
    }

    private var tooLarge: Problem {
        Problem(
            SheafError(
                .limitExceeded, "the file is over \(maximumBytes) bytes",
                details: ["bytes": String(maximumBytes)]))
    }
}
