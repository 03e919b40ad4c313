import Foundation
import Testing

@testable import BundleModel

@Suite("The worked examples of the boundary's rules for paths")
struct HostPathCaseTests {
    struct Case: Decodable {
        let id, file_base64, content_base64, expect, tier, note: String

        var path: String { String(decoding: bytes(file_base64), as: UTF8.self) }
        var contents: [UInt8] { bytes(content_base64) }

        private func bytes(_ text: String) -> [UInt8] {
            [UInt8](Data(base64Encoded: text) ?? Data())
        }
    }

    /// The cases copied into the project; none where they are not there.
    static func cases(_ name: String) -> [Case] {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(
            path: "../../../../fixtures/cases/\(name).jsonl")
        let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
        return text.split(separator: "\n").compactMap {
            try? JSONDecoder().decode(Case.self, from: Data($0.utf8))
        }
    }

    @Test("are decided as they say", .enabled(if: !cases("paths").isEmpty, "no cases here"))
    func paths() {
        for example in Self.cases("paths") {
            let isRefused = !PathFindings.file(example.path, example.contents).isEmpty
            #expect(isRefused == (example.expect == "reject"), "\(example.id): \(example.note)")
        }
    }

    @Test(
        "of what is no secret raise no alarm about paths",
        .enabled(if: !cases("secrets").isEmpty, "no cases here"))
    func others() {
        for example in Self.cases("secrets") where example.expect == "accept" {
            #expect(PathFindings.file(example.path, example.contents).isEmpty, "\(example.id)")
        }
    }
}
