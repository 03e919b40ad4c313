internal import BundleModel
internal import LibGit2

/// Reads files below a directory without following a symbolic link.
struct DirectoryFileReader {
    private let root: String

    init(root: String) throws(SheafError) {
        self.root = root
    }

    /// The bytes of a file; nil when there are more than allowed.
    func read(_ components: [[UInt8]], maximumBytes: Int) throws(SheafError) -> [UInt8]? {
        do {
            let directory = try DirectoryHandle(path: root)
            return try Self.read(directory, components[...], maximumBytes)
        } catch {
            let path = String(
                decoding: Array(components.joined(separator: [0x2F])), as: UTF8.self)
            throw SheafError(error, DisplayText.escape(path))
        }
    }

    private static func read(
        _ directory: borrowing DirectoryHandle, _ components: ArraySlice<[UInt8]>,
        _ maximumBytes: Int
    ) throws(FileSystemError) -> [UInt8]? {
        guard let name = components.first else { return nil }
        if components.count == 1 {
            return try directory.contents(ofFile: name, maximumBytes: maximumBytes)
        }
        return try read(
            try directory.directory(named: name), components.dropFirst(), maximumBytes)
    }

    /// The bytes of a file that was hashed before; throws `conflict` when they have changed since.
    func contents(of file: ScannedFile, _ limits: ContentLimits) throws(SheafError) -> [UInt8] {
        if let contents = file.contents { return contents }
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
