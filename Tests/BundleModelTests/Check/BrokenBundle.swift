import BundleModel
import Foundation
import Testing

/// A broken bundle in `fixtures/broken` and what the check must say about it.
struct BrokenBundle: CustomTestStringConvertible {
    /// One expected finding, a row of `expected.json`.
    struct Row: Decodable, Hashable, Comparable {
        let bundle: String
        let code: String
        let path: String
        let line: Int?
        let rule: String

        static func < (left: Row, right: Row) -> Bool {
            (left.path, left.line ?? 0, left.rule) < (right.path, right.line ?? 0, right.rule)
        }
    }

    let name: String
    let rows: [Row]

    var testDescription: String { name }

    static let all: [BrokenBundle] = {
        let url = BundleFixture.root.appending(path: "broken/expected.json")
        guard let data = try? Data(contentsOf: url),
            let rows = try? JSONDecoder().decode([Row].self, from: data)
        else { return [] }
        return Dictionary(grouping: rows, by: \.bundle)
            .map { BrokenBundle(name: $0.key, rows: $0.value.sorted()) }
            .sorted { $0.name < $1.name }
    }()

    static var folders: [String] {
        get throws {
            try FileManager.default.contentsOfDirectory(
                atPath: BundleFixture.root.appending(path: "broken").path
            ).filter { $0 != "expected.json" }.sorted()
        }
    }

    func load() throws -> BundleFiles {
        try BundleFixture("broken/\(name)").load()
    }
}
