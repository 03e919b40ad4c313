internal import BundleModel
internal import Dispatch
internal import Foundation
internal import LibGit2
internal import Synchronization

/// Reads, hashes and parses the files of a directory, on as many cores as there are.
struct DirectoryScan {
    /// A file with what was made of its bytes while they were at hand.
    struct Scanned: Sendable {
        let file: ScannedFile
        /// Nil when the file was not read, or so much was found that nobody will ask for it.
        let document: ParsedDocument?
        /// Whether the file was within the limits and read.
        let isRead: Bool
    }

    let root: String
    let limits: ContentLimits
    let memory: DocumentMemory?

    /// Scans files in the order of their directories; a file over a limit is not read.
    ///
    /// Throws `io_error` when a file cannot be read, `conflict` when it changed meanwhile.
    func run(_ files: [DirectoryListing.File]) async throws(SheafError) -> [Scanned] {
        let readable = readable(files)
        let chunks = Self.chunks(files.count)
        return try await BlockingWork.run { () throws(SheafError) in
            let results = Mutex(
                [Result<[Scanned], SheafError>?](repeating: nil, count: chunks.count))
            DispatchQueue.concurrentPerform(iterations: chunks.count) { index in
                let result = scan(chunks[index], of: files, readable)
                results.withLock { $0[index] = result }
            }
            var scanned: [Scanned] = []
            scanned.reserveCapacity(files.count)
            for result in results.withLock({ $0 }) { scanned += try result?.get() ?? [] }
            return scanned
        }
    }

    /// Which files are within the limits, of their own and all together.
    private func readable(_ files: [DirectoryListing.File]) -> [Bool] {
        var total = 0
        return files.map { file in
            let (sum, overflow) = total.addingReportingOverflow(file.size)
            total = overflow ? Int.max : sum
            return file.size <= limits.fileBytes && total <= limits.bundleBytes
        }
    }

    private static func chunks(_ count: Int) -> [Range<Int>] {
        let cores = max(1, min(8, ProcessInfo.processInfo.activeProcessorCount))
        let size = max(64, (count + cores - 1) / cores)
        return stride(from: 0, to: count, by: size).map { $0..<min(count, $0 + size) }
    }

    private func scan(
        _ chunk: Range<Int>, of files: [DirectoryListing.File], _ readable: [Bool]
    ) -> Result<[Scanned], SheafError> {
        let reader = DirectoryFileReader(root: root)
        var scanned: [Scanned] = []
        scanned.reserveCapacity(chunk.count)
        var findings = 0
        do throws(SheafError) {
            for index in chunk {
                let one = try scan(
                    files[index], reader, isRead: readable[index],
                    parsing: findings < BundleCheck.maximumFindings)
                findings += one.document?.findings.count ?? 0
                scanned.append(one)
            }
            return .success(scanned)
        } catch {
            return .failure(error)
        }
    }

    private func scan(
        _ file: DirectoryListing.File, _ reader: DirectoryFileReader, isRead: Bool, parsing: Bool
    ) throws(SheafError) -> Scanned {
        let name = BundleDirectory.normalised(file.joined)
        let path = String(validating: name, as: UTF8.self).flatMap { try? BundlePath($0) }
        guard isRead else {
            // The check reports the size.
            let unread = ScannedFile(
                name: name, path: nil, components: file.components, size: file.size,
                value: SHA256Value(hashing: []), blob: ObjectID.hash(.blob, []))
            return Scanned(file: unread, document: nil, isRead: false)
        }
        guard let bytes = try reader.read(file.components, maximumBytes: limits.fileBytes) else {
            let shown = DisplayText.escape(String(decoding: name, as: UTF8.self))
            throw SheafError(
                .conflict, "'\(shown)' changed while it was read",
                hint: "try again when nothing writes to the directory")
        }
        let read = ScannedFile(
            name: name, path: path, components: file.components, size: bytes.count,
            value: SHA256Value(hashing: bytes), blob: ObjectID.hash(.blob, bytes))
        guard let path, parsing else { return Scanned(file: read, document: nil, isRead: true) }
        let document = try DocumentMemory.document(path, read.blob, limits, in: memory) {
            () throws(SheafError) in bytes
        }
        return Scanned(file: read, document: document, isRead: true)
    }
}
