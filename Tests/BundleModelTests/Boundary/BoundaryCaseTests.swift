import BundleModel
import Foundation
import TestSupport
import Testing

@Suite("The worked examples of the boundary")
struct BoundaryCaseTests {
    @Test("every line of the case files was read")
    func complete() throws {
        let lines = try Fixtures.files(below: Fixtures.url("cases"))
            .filter { $0.path.hasSuffix(".jsonl") }
            .reduce(0) { $0 + $1.bytes.split(separator: 0x0A).count }
        #expect(BoundaryCase.all.count == lines)
        #expect(lines >= 140)
    }

    @Test("every core case is refused or accepted as expected", arguments: BoundaryCase.all)
    func core(example: BoundaryCase) {
        guard example.tier == .core else { return }
        #expect(example.holds, "\(example.findings)")
    }

    @Test("stretch cases are counted")
    func stretch() {
        let stretch = BoundaryCase.all.filter { $0.tier == .stretch }
        let held = stretch.filter(\.holds)
        let missed = stretch.filter { !$0.holds }.map(\.id).joined(separator: ", ")
        print("stretch cases: \(held.count) of \(stretch.count) as expected; others: \(missed)")
        #expect(!held.isEmpty)
    }

    @Test("no finding shows more of what it found than four characters")
    func discretion() {
        for example in BoundaryCase.all where example.expect == .reject {
            let findings = example.findings
            var text = String(decoding: example.bytes, as: UTF8.self)
            // A name without a finding of its own is shown as it is.
            let isNameRefused = findings.contains { $0.line == nil }
            if isNameRefused { text += "\n" + example.path }
            let words = text.split { !($0.isLetter || $0.isNumber) }.filter {
                $0.count >= 8 && $0.contains(where: \.isNumber)
            }
            for finding in findings {
                let name = isNameRefused ? finding.path : nil
                let shown = [name, finding.message, finding.hint].compactMap { $0 }
                for word in words {
                    #expect(
                        !shown.contains { $0.contains(word) },
                        "\(example.id): \(finding.rule) shows a whole word")
                }
            }
        }
    }

    @Test("every finding has the code, a rule, a hint and a line that the file has")
    func shape() {
        for example in BoundaryCase.all {
            let lines = example.bytes.count { $0 == 0x0A } + 1
            for finding in example.findings {
                #expect(finding.code == .forbiddenContent)
                #expect(!finding.rule.isEmpty && finding.hint?.isEmpty == false)
                #expect((finding.line ?? 1) <= lines, "\(example.id) \(finding)")
            }
        }
    }
}
