import BundleModel
import Testing

@Suite("Broken bundles")
struct BrokenBundleTests {
    @Test("every folder of broken bundles has expectations")
    func complete() throws {
        #expect(try BrokenBundle.folders == BrokenBundle.all.map(\.name))
    }

    @Test("a broken bundle is refused with code, file, line and rule", arguments: BrokenBundle.all)
    func refused(_ bundle: BrokenBundle) throws {
        let result = try bundle.load().check()
        let found = result.findings.map {
            BrokenBundle.Row(
                bundle: bundle.name, code: $0.code.rawValue, path: $0.path ?? "", line: $0.line,
                rule: $0.rule)
        }
        #expect(found.sorted() == bundle.rows)
        for finding in result.findings {
            #expect(finding.line == nil || finding.column != nil)
            #expect(!finding.message.isEmpty)
        }
    }

    @Test("the error of a broken bundle has the first of its codes", arguments: BrokenBundle.all)
    func code(_ bundle: BrokenBundle) throws {
        let result = try bundle.load().check()
        let error = #expect(throws: SheafError.self) { try result.get(subject: "the bundle") }
        let codes = Set(bundle.rows.map(\.code))
        #expect(
            error?.code.rawValue
                == SheafError.Code.allCases.map(\.rawValue).first(where: codes.contains))
        #expect(error?.findings == result.findings)
    }
}
