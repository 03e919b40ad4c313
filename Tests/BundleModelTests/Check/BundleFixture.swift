import BundleModel
import Foundation
import Testing

/// A bundle in `fixtures/`.
struct BundleFixture: CustomTestStringConvertible {
    static let root = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "fixtures")

    static let bundles = ["support-agents", "keiyaku-shinsa"].map { BundleFixture("bundles/\($0)") }

    let path: String

    init(_ path: String) {
        self.path = path
    }

    var testDescription: String { path }

    func load() throws -> BundleFiles {
        let directory = Self.root.appending(path: path).path
        var bundle = BundleFiles()
        for name in try FileManager.default.subpathsOfDirectory(atPath: directory) {
            let file = "\(directory)/\(name)"
            let attributes = try FileManager.default.attributesOfItem(atPath: file)
            guard attributes[.type] as? FileAttributeType == .typeRegular else { continue }
            bundle.files[name] = [UInt8](try Data(contentsOf: URL(filePath: file)))
        }
        return bundle
    }
}
