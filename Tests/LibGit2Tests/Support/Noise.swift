import Foundation

/// Bytes that no compressor makes smaller.
enum Noise {
    static func bytes(_ count: Int) throws -> Data {
        let source = try FileHandle(forReadingFrom: URL(fileURLWithPath: "/dev/urandom"))
        defer { try? source.close() }
        return try source.read(upToCount: count) ?? Data()
    }
}
