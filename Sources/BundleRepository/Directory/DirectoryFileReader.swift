internal import BundleModel
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

    /// The bytes of a file; nil when there are more than allowed.
    func read(_ components: [[UInt8]], maximumBytes: Int) throws(SheafError) -> [UInt8]? {
        guard let name = components.last else { return nil }
        do {
            if directory == nil || !components.dropLast().elementsEqual(parents) {
                try open(Array(components.dropLast()))
            }
            return try directory?.contents(ofFile: name, maximumBytes: maximumBytes)
        } catch {
            let path = String(
                decoding: Array(components.joined(separator: [0x2F])), as: UTF8.self)
            throw SheafError(error, DisplayText.escape(path))
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
