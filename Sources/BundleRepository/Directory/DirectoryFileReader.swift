internal import BundleModel
internal import Foundation
internal import LibGit2

/// Reads files below a directory without following a symbolic link.
///
/// The directory of the last file stays open: files come in the order of their directories.
final class DirectoryFileReader {
    private let root: String
    private var parents: [[UInt8]] = []
    private var directory: DirectoryHandle?

    init(root: String) {
        self.root = root
    }

    private static let notRegular = POSIXErrorCode.EINVAL.rawValue

    /// The bytes of a file that was listed; nil when there are more than allowed.
    ///
    /// Throws `conflict` when it is not a file any more, `io_error` when it cannot be read.
    func read(_ components: [[UInt8]], maximumBytes: Int) throws(SheafError) -> [UInt8]? {
        guard let name = components.last else { return nil }
        do {
            if directory == nil || !components.dropLast().elementsEqual(parents) {
                try open(Array(components.dropLast()))
            }
            return try directory?.contents(ofFile: name, maximumBytes: maximumBytes)
        } catch {
            let path = DisplayText.escape(
                String(decoding: Array(components.joined(separator: [0x2F])), as: UTF8.self))
            // It was listed as a regular file a moment ago.
            if error.isMissing || error.isSymbolicLink || error.number == Self.notRegular {
                throw SheafError(
                    .conflict, "'\(path)' changed while it was read",
                    hint: "try again when nothing writes to the directory")
            }
            throw SheafError(error, path)
        }
    }

    private func open(_ parents: [[UInt8]]) throws(FileSystemError) {
        var handle = try DirectoryHandle(path: root)
        for name in parents { handle = try handle.directory(named: name) }
        directory = consume handle
        self.parents = parents
    }

    /// The bytes of a file that was hashed before; throws `conflict` when they have changed since.
    func contents(of file: ScannedFile, _ limits: ContentLimits) throws(SheafError) -> [UInt8] {
        // A file that was read a moment ago and cannot be read now has changed as well.
        let bytes = try? read(file.components, maximumBytes: limits.fileBytes)
        guard let bytes, SHA256Value(hashing: bytes) == file.value else {
            let name = DisplayText.escape(String(decoding: file.name, as: UTF8.self))
            throw SheafError(
                .conflict, "'\(name)' changed while it was published",
                hint: "publish again when nothing writes to the directory")
        }
        return bytes
    }
}
