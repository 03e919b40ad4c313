import Foundation
import TestSupport
import Testing

/// A Swift file of the package, read for what it imports and how it is written.
struct SourceFile: Sendable, CustomTestStringConvertible {
    /// The path below the root of the package.
    let path: String
    let lines: [String]
    let imports: [ImportLine]

    init(path: String, bytes: [UInt8]) {
        self.path = path
        lines = String(decoding: bytes, as: UTF8.self)
            .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        imports = lines.compactMap(ImportLine.init)
    }

    /// The directory below `Sources` or `Tests`: the module.
    var module: String { path.split(separator: "/").dropFirst().first.map(String.init) ?? "" }

    var testDescription: String { path }

    /// The name without `.swift`, and without the facet of `Type+facet.swift`.
    var stem: String {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        return name.prefix { $0 != "+" && $0 != "." }.description
    }

    /// The lines that are neither empty nor only a comment.
    var code: [String] {
        lines.filter { line in
            let text = line.drop { $0 == " " }
            return !text.isEmpty && !text.hasPrefix("//")
        }
    }

    /// Every Swift file below a directory of the package, sorted by path.
    static func all(below directory: String) throws -> [SourceFile] {
        try Fixtures.files(below: Fixtures.packageRoot.appending(path: directory))
            .filter { $0.path.hasSuffix(".swift") }
            .map { SourceFile(path: "\(directory)/\($0.path)", bytes: $0.bytes) }
    }
}

/// One `import` declaration.
struct ImportLine: Hashable, Sendable {
    let module: String
    let access: String

    init?(_ line: String) {
        guard line.utf8.count < 200, line.contains("import ") else { return nil }
        let declaration =
            /^(?:@[A-Za-z_]+(?:\([^)]*\))?\s+)*(?<access>public|package|internal|fileprivate|private)?\s*import\s+(?:(?:struct|class|enum|protocol|func|var|let|typealias|actor)\s+)?(?<module>[A-Za-z_][A-Za-z0-9_]*)/
        let text = line.drop { $0 == " " }
        guard let match = text.prefixMatch(of: declaration) else { return nil }
        module = String(match.module)
        access = match.access.map(String.init) ?? "internal"
    }
}
