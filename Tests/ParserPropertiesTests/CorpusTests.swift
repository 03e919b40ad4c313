import Foundation
import ParserProperties
import TestSupport
import Testing

@Suite("inputs that the fuzzer found worth keeping")
struct CorpusTests {
    private static func expectHolds(_ input: [UInt8], _ target: FuzzTarget) {
        do throws(BrokenProperty) {
            try target.check(input)
        } catch {
            Issue.record("\(target) \(error)\ninput: \(Data(input).base64EncodedString())")
        }
    }

    @Test("every kept input has the properties of its parser", arguments: FuzzTarget.allCases)
    func kept(target: FuzzTarget) throws {
        let inputs = try Fixtures.corpus(target.rawValue)
        #expect(inputs.count > 10)
        for input in inputs { Self.expectHolds(input, target) }
    }

    @Test("every document of the fixtures has the properties of the reader of YAML")
    func documents() throws {
        let files = try Fixtures.files(below: Fixtures.directory)
            .filter { $0.path.hasSuffix(".yaml") }
        #expect(files.count > 50)
        for file in files { Self.expectHolds(file.bytes, .yaml) }
    }

    @Test("every target has its inputs, and all inputs have a target")
    func targets() throws {
        let names = try FileManager.default.contentsOfDirectory(
            atPath: Fixtures.url("fuzz").path(percentEncoded: false))
        let kept = names.filter { $0.hasSuffix(".base64") }.map { $0.dropLast(7) }
        #expect(Set(kept) == Set(FuzzTarget.allCases.map { $0.rawValue[...] }))
    }
}
