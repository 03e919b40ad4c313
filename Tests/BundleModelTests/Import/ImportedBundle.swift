import BundleModel
import Foundation
import TestSupport

/// The result of an import, with what tests ask of it.
struct ImportedBundle {
    let result: ImportResult
    let check: BundleCheckResult

    /// Imports files given as texts.
    init(_ files: [String: String]) throws {
        try self.init(files: files.map { ($0.key, Array($0.value.utf8)) })
    }

    /// Imports files.
    init(files: [(path: String, bytes: [UInt8])]) throws {
        let result = AgentImport.convert(
            files: files, workspace: try WorkspaceID("acme"), bundle: try BundleID("agents"))
        self.result = result
        let contents = Dictionary(
            result.files.map { ($0.path, $0.bytes) }, uniquingKeysWith: { first, _ in first })
        check = BundleCheck.run(
            entries: result.files.map { (name: Array($0.path.text.utf8), size: $0.bytes.count) },
            read: { contents[$0] ?? [] })
    }

    /// The file at a path as text; nil when there is none.
    func text(_ path: String) -> String? {
        bytes(path).map { String(decoding: $0, as: UTF8.self) }
    }

    /// The bytes of the file at a path; nil when there is none.
    func bytes(_ path: String) -> [UInt8]? {
        result.files.first { $0.path.text == path }?.bytes
    }

    /// A profile as the check of the bundle reads it.
    func profile(_ id: String) throws -> ProfileDocument? {
        check.documents?.profiles[try ProfileID(id)]
    }

    /// The notes about a file, one line each.
    func notes(_ path: String) -> [String] {
        result.notes.filter { $0.path == path }.map(\.description)
    }
}
