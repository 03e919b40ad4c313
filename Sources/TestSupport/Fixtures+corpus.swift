import Foundation

extension Fixtures {
    /// The inputs that the fuzzer found worth keeping for a target: `fixtures/fuzz/<target>.base64`
    /// has one a line.
    package static func corpus(_ target: String) throws -> [[UInt8]] {
        try bytes("fuzz/\(target).base64").split(separator: 0x0A).map { line in
            guard let input = Data(base64Encoded: Data(line)) else {
                throw CocoaError(.fileReadCorruptFile)
            }
            return Array(input)
        }
    }
}
