import BundleModel
import Foundation
import TestSupport
import Testing

/// A worked example of the boundary: a file, and whether it is refused.
///
/// Paths and contents are encoded because a forge's push protection would refuse them in clear.
struct BoundaryCase: Decodable, Sendable, CustomTestStringConvertible {
    enum Expectation: String, Decodable { case reject, accept }
    enum Tier: String, Decodable { case core, stretch }

    let id: String
    let file_base64: Data
    let content_base64: Data
    let expect: Expectation
    let tier: Tier

    var path: String { String(decoding: file_base64, as: UTF8.self) }
    var bytes: [UInt8] { Array(content_base64) }
    var testDescription: String { "\(id) \(expect.rawValue)" }

    var findings: [Finding] { BoundaryScan.findings(in: bytes, path: path) }
    /// Whether the scan says what is expected.
    var holds: Bool { findings.isEmpty == (expect == .accept) }

    /// All cases of the fixtures.
    static let all: [BoundaryCase] = {
        let directory = Fixtures.url("cases")
        let names = (try? FileManager.default.contentsOfDirectory(atPath: directory.path)) ?? []
        return names.sorted().filter { $0.hasSuffix(".jsonl") }.flatMap { name -> [BoundaryCase] in
            guard let bytes = try? Fixtures.bytes("cases/\(name)") else { return [] }
            return bytes.split(separator: 0x0A).compactMap {
                try? JSONDecoder().decode(BoundaryCase.self, from: Data($0))
            }
        }
    }()
}
