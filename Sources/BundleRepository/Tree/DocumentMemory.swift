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

    private static let capacity = 1 << 17
    private let limits: ContentLimits
    private let documents = Mutex<[Key: ParsedDocument]>([:])
    private let accepted = Mutex<AcceptedFiles?>(nil)
    private let scanned = Mutex<[BundlePath: ObjectID]>([:])

    init(limits: ContentLimits) { self.limits = limits }

    /// Whether nothing was parsed yet.
    var isEmpty: Bool { documents.withLock { $0.isEmpty } }

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
            && memory.documents.withLock { $0[Key(path: path, blob: blob)] == nil }
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
        if let known = documents.withLock({ $0[key] }) { return known }
        let isScanned = scanned.withLock { $0[path] == blob }
        let parsed = try parse(isScanned)
        documents.withLock { documents in
            if documents.count >= Self.capacity { documents.removeAll(keepingCapacity: true) }
            documents[key] = parsed
        }
        return parsed
    }
}
