internal import Foundation

#if canImport(System)
    internal import System
#else
    internal import SystemPackage
#endif

/// A file that keeps the end of what is written to it, within a number of bytes.
///
/// Two files: the newer one, and beside it with `.1` behind the name the one before. When the newer
/// one is full it takes the place of the older. What cannot be written because the disk is full is
/// left out and counted: whoever writes is never held up.
struct BoundedLog: ~Copyable {
    private let path: String
    private let fileBytes: Int
    private var file: FileDescriptor?
    private var size = 0
    private var lostBytes = 0
    private var dropped = 0

    /// Makes the file; `bytes` is the most that both files take.
    init(_ path: String, bytes: Int) {
        self.path = path
        fileBytes = max(bytes / 2, 4096)
        file = Self.open(path)
    }

    deinit { try? file?.close() }

    /// The older of the two files.
    static func older(_ path: String) -> String { "\(path).1" }

    /// What both files have, the older first; nil when there is neither. The files that are read are
    /// of one moment, also when they change places meanwhile.
    ///
    /// - Parameter reading: reads one file; a test changes the files in it.
    static func contents(
        of path: String, reading read: (String) -> Data? = FileManager.default.contents(atPath:)
    ) -> [UInt8]? {
        var found: [UInt8]?
        // An engine that fills a whole file faster than one is read cannot be followed for ever.
        for _ in 0..<32 {
            let before = places(path)
            let older = read(Self.older(path))
            let newer = read(path)
            guard older != nil || newer != nil else { return nil }
            found = Array((older ?? Data()) + (newer ?? Data()))
            if places(path) == before { break }
        }
        return found
    }

    /// Which two files have the names.
    private static func places(_ path: String) -> [UInt64?] {
        [older(path), path].map { path in
            let attributes = try? FileManager.default.attributesOfItem(atPath: path)
            return (attributes?[.systemFileNumber] as? NSNumber)?.uint64Value
        }
    }

    private static func open(_ path: String) -> FileDescriptor? {
        try? FileDescriptor.open(
            FilePath(path), .writeOnly, options: [.create, .append, .noFollow],
            permissions: [.ownerReadWrite])
    }

    /// Adds bytes.
    mutating func write(_ bytes: Data) {
        var rest = bytes[...]
        while !rest.isEmpty {
            if size >= fileBytes { rotate() }
            let part = rest.prefix(fileBytes - size)
            append(part)
            rest = rest.dropFirst(part.count)
        }
    }

    private mutating func append(_ part: Data) {
        if file == nil { file = Self.open(path) }
        size += part.count
        guard let file else {
            lostBytes += part.count
            return
        }
        do {
            if lostBytes > 0 {
                try file.writeAll("\n[sheaf: \(lostBytes) bytes could not be written]\n".utf8)
                lostBytes = 0
            }
            try file.writeAll(part)
        } catch {
            lostBytes += part.count
        }
    }

    private mutating func rotate() {
        try? file?.close()
        file = nil
        let older = Self.older(path)
        let isFirst = !FileManager.default.fileExists(atPath: older)
        if !isFirst { dropped += fileBytes }
        try? FileManager.default.removeItem(atPath: older)
        try? FileManager.default.moveItem(atPath: path, toPath: older)
        size = 0
        if dropped > 0 {
            let note = "[sheaf: the first \(dropped) bytes of this output were dropped]\n"
            append(Data(note.utf8))
        }
    }
}
