internal import BundleModel
internal import LibGit2
internal import Synchronization

/// Reads, hashes, parses and scans the files that come next on all cores, each file once.
///
/// A check takes its files one by one and in order, and most of its time is the scan of files that
/// are new. What could not be read here is left to whoever asked, who says why.
struct ReadAhead {
    private let listing: TreeListing
    private let limits: ContentLimits
    private let documents: DocumentMemory?
    private let digests: DigestMemory?
    private var parsed: [Int: ParsedDocument] = [:]
    /// Where the next look begins, among the entries.
    private var next = 0

    /// So many new files, or bytes of them, are read at a time: what is wrong with a file ends a
    /// check, and what was read beyond it was read for nothing.
    private static let files = 1024
    private static let bytes = 16 << 20
    /// Fewer files are not worth the start of all cores.
    private static let worthAllCores = 64

    init(
        _ listing: TreeListing, _ limits: ContentLimits, _ documents: DocumentMemory?,
        _ digests: DigestMemory?
    ) {
        self.listing = listing
        self.limits = limits
        self.documents = documents
        self.digests = digests
    }

    /// The document of an entry that is new; nil where reading ahead is not worth it.
    mutating func document(
        _ path: BundlePath, _ index: Int, _ repository: borrowing Repository
    ) -> ParsedDocument? {
        if index >= next { read(from: index, repository) }
        guard let document = parsed.removeValue(forKey: index), document.path == path else {
            return nil
        }
        return document
    }

    private mutating func read(from start: Int, _ repository: borrowing Repository) {
        let batch = batch(from: start)
        guard batch.count >= Self.worthAllCores else { return }
        let (limits, digests) = (limits, digests)
        let found = Mutex<[Int: ParsedDocument]>([:])
        // What fails leaves its files to be read one by one.
        try? repository.onAllCores(batch.count) { (repository, number) throws(GitError) in
            let file = batch[number]
            let bytes = try repository.object(file.blob).bytes
            digests?.remember(SHA256Value(words: ContentHash.sha256(bytes.span)), of: file.blob)
            let document = ParsedDocument(path: file.path, bytes: bytes, limits: limits)
            found.withLock { $0[file.index] = document }
        }
        parsed.merge(found.withLock { $0 }) { $1 }
    }

    private struct NewFile {
        let index: Int
        let path: BundlePath
        let blob: ObjectID
    }

    /// The new files from an entry on; ``next`` is behind the last.
    private mutating func batch(from start: Int) -> [NewFile] {
        var batch: [NewFile] = []
        var size = 0
        next = start
        let entries = listing.raw.entries
        while next < entries.count, batch.count < Self.files, size < Self.bytes {
            let index = next
            next += 1
            let entry = entries[index]
            guard entry.kind == .file, entry.size <= limits.fileBytes,
                let blob = listing.blob(ofEntry: index),
                let text = String(validating: entry.path, as: UTF8.self),
                let path = try? BundlePath(text),
                DocumentMemory.isNew(path, blob, limits, in: documents)
            else { continue }
            batch.append(NewFile(index: index, path: path, blob: blob))
            size += entry.size
        }
        return batch
    }
}
