import BundleModel
import Foundation
import TestSupport
import Testing

/// The table of traits.
enum HostileTraits {
    /// What one door answers to a repository with a trait.
    struct Expectation: Sendable, CustomTestStringConvertible {
        let trait: String
        let doors: [HostileDoor]
        /// Nil when the repository is as good as any.
        let code: SheafError.Code?
        /// The rules that the findings name.
        let rules: Set<String>

        var testDescription: String { "\(trait) at \(doors.map(\.rawValue))" }
    }

    private static let lines: [Substring] = {
        let bytes = (try? Fixtures.bytes("hostile/traits.tsv")) ?? []
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n")
            .filter { !$0.hasPrefix("#") }
    }()

    /// The rows of the table.
    static let expectations = lines.compactMap(row)

    /// How many rows there should be.
    static var lineCount: Int { lines.count }

    private static func row(_ line: Substring) -> Expectation? {
        let fields = line.split(separator: "\t").map(String.init)
        guard fields.count >= 4 else { return nil }
        let doors = fields[1].split(separator: ",").compactMap { HostileDoor(rawValue: String($0)) }
        let code = SheafError.Code(rawValue: fields[2])
        guard code != nil || fields[2] == "ok" else { return nil }
        return Expectation(
            trait: fields[0], doors: doors, code: code,
            rules: fields[3] == "-" ? [] : Set(fields[3].split(separator: ",").map(String.init)))
    }
}
