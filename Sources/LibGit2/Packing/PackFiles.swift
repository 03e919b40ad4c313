#if canImport(System)
    internal import System
#else
    internal import SystemPackage
#endif

/// The bytes of packs, read where they are asked for. Small packs are kept whole, and few files are
/// open at once: a store may have more packs than a process may open files.
struct PackFiles: ~Copyable {
    private static let smallPack = 256 << 10
    private static let keptBytes = 32 << 20
    private static let openFiles = 32

    private let paths: [String]
    private let sizes: [Int]
    private var kept: [Int: [UInt8]] = [:]
    private var keptCount = 0
    private var open: [Int: FileDescriptor] = [:]

    init(_ packs: [StoredPack], in folder: String) {
        paths = packs.map { "\(folder)/\($0.name).pack" }
        sizes = packs.map(\.packBytes)
    }

    deinit {
        for file in open.values { try? file.close() }
    }

    /// The bytes of a range of a pack; throws `.corrupt` when the pack ends before.
    mutating func bytes(
        of pack: Int, _ range: Range<Int>
    ) throws(GitError) -> ArraySlice<UInt8> {
        guard range.lowerBound >= 0, range.upperBound <= sizes[pack] else { throw Self.short }
        if sizes[pack] > Self.smallPack { return try read(pack, range)[...] }
        if let whole = kept[pack] { return whole[range] }
        let whole = try read(pack, 0..<sizes[pack])
        close(pack)
        if keptCount + whole.count > Self.keptBytes {
            kept.removeAll()
            keptCount = 0
        }
        kept[pack] = whole
        keptCount += whole.count
        return whole[range]
    }

    private mutating func read(_ pack: Int, _ range: Range<Int>) throws(GitError) -> [UInt8] {
        do {
            let file = try file(pack)
            return try unsafe [UInt8](unsafeUninitializedCapacity: range.count) { buffer, count in
                count = 0
                while count < range.count {
                    let rest = unsafe UnsafeMutableRawBufferPointer(
                        rebasing: UnsafeMutableRawBufferPointer(buffer)[count..<range.count])
                    let got = try unsafe file.read(
                        fromAbsoluteOffset: Int64(range.lowerBound + count), into: rest)
                    if got == 0 { throw Self.short }
                    count += got
                }
            }
        } catch let error as GitError {
            throw error
        } catch {
            throw GitError(code: .ioFailure, message: "a pack cannot be read: \(error)")
        }
    }

    private mutating func file(_ pack: Int) throws -> FileDescriptor {
        if let known = open[pack] { return known }
        if open.count >= Self.openFiles {
            for file in open.values { try? file.close() }
            open.removeAll()
        }
        let file = try FileDescriptor.open(
            FilePath(paths[pack]), .readOnly, options: [.closeOnExec])
        open[pack] = file
        return file
    }

    private mutating func close(_ pack: Int) {
        if let file = open.removeValue(forKey: pack) { try? file.close() }
    }

    private static let short = GitError(code: .corrupt, message: "a pack is cut short")
}
