import Foundation
import TestSupport
import Testing

@Suite("What the runtime's library shows")
struct PublicSurfaceTests {
    @Test("the database is its own affair: no file imports GRDB for others")
    func database() throws {
        let sources = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../../Sources/WorkerRuntime").standardized
        let names = try FileManager.default.subpathsOfDirectory(
            atPath: sources.path(percentEncoded: false))
        var seen = 0
        for name in names where name.hasSuffix(".swift") {
            let text = try String(
                decoding: Data(contentsOf: sources.appending(path: name)), as: UTF8.self)
            #expect(!text.contains("public import GRDB"), "\(name)")
            if text.contains("internal import GRDB") { seen += 1 }
        }
        #expect(seen > 0)
    }
}
