internal import BundleModel
internal import LibGit2
internal import Synchronization

/// Files of bundles that were parsed already, by path and blob, under one set of limits.
///
/// The same path and bytes always give the same result, so a new revision costs what changed.
final class DocumentMemory: Sendable {
    private struct Key: Hashable {
        let path: BundlePath
        let blob: ObjectID
    }

    /// What is known, and in which revision it was met last.
    private struct Memory {
        var documents: [Key: (document: ParsedDocument, revision: Int)] = [:]
        var revision = 0

        mutating func look(for key: Key) -> ParsedDocument? {
            guard let known = documents[key] else { return nil }
            documents[key]?.revision = revision
            return known.document
        }
    }

    private static let capacity = 1 << 17
    /// So many documents that the newest revision does not have are kept in any case.
    private static let spareDocuments = 16
    private let limits: ContentLimits
    private let isOfOneBundle: Bool
    private let memory = Mutex(Memory())
    private let accepted = Mutex<AcceptedFiles?>(nil)
    private let scanned = Mutex<[BundlePath: ObjectID]>([:])

    /// Creates an empty memory.
    ///
    /// - Parameter isOfOneBundle: whether the revisions that it meets are of one bundle, so that
    ///   documents which the newest does not have can be forgotten.
    init(limits: ContentLimits, isOfOneBundle: Bool = false) {
        self.limits = limits
        self.isOfOneBundle = isOfOneBundle
    }

    /// Whether nothing was parsed yet.
    var isEmpty: Bool { count == 0 }

    /// How many documents are known.
    var count: Int { memory.withLock { $0.documents.count } }

    /// Forgets documents of earlier revisions when there are more of them than a revision of so
    /// many files has.
    ///
    /// Without it, a runtime that follows a channel would take more memory with each release.
    func finishRevision(files: Int) {
        guard isOfOneBundle else { return }
        memory.withLock { memory in
            if memory.documents.count > 2 * files + Self.spareDocuments {
                memory.documents = memory.documents.filter { $0.value.revision == memory.revision }
            }
            memory.revision += 1
        }
    }

    /// Takes files for being in order from now on without reading them; nil for none.
    func take(_ files: AcceptedFiles?) {
        accepted.withLock { $0 = files }
    }

    /// Takes files, by path and blob, for being scanned and in order; they are parsed all the same.
    func takeScanned(_ files: [BundlePath: ObjectID]) {
        scanned.withLock { $0 = files }
    }

    /// The document that these bytes are, parsed now unless the memory has it.
    static func document(
        _ path: BundlePath, _ blob: ObjectID, _ limits: ContentLimits, in memory: DocumentMemory?,
        _ read: () throws(SheafError) -> [UInt8]
    ) throws(SheafError) -> ParsedDocument {
        try document(path, blob, limits, in: memory) { (isScanned) throws(SheafError) in
            ParsedDocument(path: path, bytes: try read(), limits: limits, isScanned: isScanned)
        }
    }

    /// The document at a path, from the memory or as `parse` makes it, which is told whether its
    /// bytes need no scan.
    static func document(
        _ path: BundlePath, _ blob: ObjectID, _ limits: ContentLimits, in memory: DocumentMemory?,
        parse: (_ isScanned: Bool) throws(SheafError) -> ParsedDocument
    ) throws(SheafError) -> ParsedDocument {
        guard let memory, memory.limits == limits else { return try parse(false) }
        return try memory.document(path, blob, parse)
    }

    /// Whether a document would have to be parsed and scanned.
    static func isNew(
        _ path: BundlePath, _ blob: ObjectID, _ limits: ContentLimits, in memory: DocumentMemory?
    ) -> Bool {
        guard let memory, memory.limits == limits else { return true }
        return !memory.accepted.withLock { $0?.contains(path) ?? false }
            && memory.memory.withLock { $0.documents[Key(path: path, blob: blob)] == nil }
            && memory.scanned.withLock { $0[path] != blob }
    }

    private func document(
        _ path: BundlePath, _ blob: ObjectID,
        _ parse: (_ isScanned: Bool) throws(SheafError) -> ParsedDocument
    ) throws(SheafError) -> ParsedDocument {
        if accepted.withLock({ $0?.contains(path) ?? false }) {
            return ParsedDocument(foundInOrder: path)
        }
        let key = Key(path: path, blob: blob)
        if let known = memory.withLock({ $0.look(for: key) }) { return known }
        let isScanned = scanned.withLock { $0[path] == blob }
        let parsed = try parse(isScanned)
        memory.withLock { memory in
            if memory.documents.count >= Self.capacity { memory.documents.removeAll() }
            memory.documents[key] = (parsed, memory.revision)
        }
        return parsed
    }
}
