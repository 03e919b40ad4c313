internal import BundleModel
internal import BundleRepository
internal import Foundation

/// Small files by which a supervisor and the host tell each other what happened.
enum HostRecordFile {
    private static let maximumBytes = 1 << 16

    /// The contents; nil when there is none. Throws `io_error`, `limit_exceeded`.
    static func read(_ path: String) throws(SheafError) -> [UInt8]? {
        try HostOwnedFile.read(path, maximumBytes: maximumBytes)?.bytes
    }

    /// Writes a file that is not there, whole and on disk; false when it is there. Throws `io_error`.
    @discardableResult
    static func create(_ path: String, _ value: some Encodable) throws(SheafError) -> Bool {
        try HostOwnedFile.create(path, Array(try HostJSON.encode(value).utf8))
    }

    /// Writes a file in the place of whatever is there, whole. Throws `io_error`.
    static func replace(_ path: String, _ value: some Encodable) throws(SheafError) {
        let text = try HostJSON.encode(value)
        do {
            try Data(text.utf8).write(to: URL(filePath: path), options: .atomic)
        } catch {
            throw SheafError(.ioError, "a record of a worker cannot be written")
        }
    }
}
