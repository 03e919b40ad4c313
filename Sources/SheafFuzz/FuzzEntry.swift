import Foundation
import ParserProperties

/// The parser that this run is about: the value of `SHEAF_FUZZ_TARGET`.
enum ChosenTarget {
    static let value: FuzzTarget = {
        let name = ProcessInfo.processInfo.environment["SHEAF_FUZZ_TARGET"] ?? ""
        if let target = FuzzTarget(rawValue: name) { return target }
        let names = FuzzTarget.allCases.map(\.rawValue).joined(separator: ", ")
        report("set SHEAF_FUZZ_TARGET to one of \(names)")
        exit(2)
    }()

    static func report(_ text: String) {
        FileHandle.standardError.write(Data("sheaf-fuzz: \(text)\n".utf8))
    }
}

/// Holds one input of libFuzzer against the properties of the chosen parser.
///
/// A broken property ends the process, which is how libFuzzer learns of it and keeps the input.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let input = unsafe Array(UnsafeBufferPointer(start: start, count: count))
    do throws(BrokenProperty) {
        try ChosenTarget.value.check(input)
    } catch {
        ChosenTarget.report(error.description)
        abort()
    }
    return 0
}
