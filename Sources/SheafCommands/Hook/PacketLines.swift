internal import BundleModel
internal import Foundation
internal import SystemPackage

/// Git's packet lines: four hexadecimal digits of length, and so many bytes less four.
///
/// Source: gitprotocol-common(5), "pkt-line Format".
struct PacketLines {
    /// Git itself sends no longer one.
    private static let maximumLength = 65_520

    private let input: FileDescriptor
    private let output: FileDescriptor

    init(input: FileDescriptor = .standardInput, output: FileDescriptor = .standardOutput) {
        self.input = input
        self.output = output
    }

    /// The lines up to the next flush, each without a line break at its end.
    ///
    /// Throws `invalid_request` when that is not what comes, `limit_exceeded` for too many.
    func readUntilFlush(atMost limit: Int) throws(SheafError) -> [[UInt8]] {
        var lines: [[UInt8]] = []
        while let line = try readLine() {
            guard lines.count < limit else {
                throw SheafError(.limitExceeded, "more than \(limit) lines came")
            }
            lines.append(line.last == 0x0A ? Array(line.dropLast()) : line)
        }
        return lines
    }

    /// Writes lines and a flush.
    func write(_ lines: [String]) throws(SheafError) {
        var bytes: [UInt8] = []
        for line in lines {
            let text = Array(line.utf8) + [0x0A]
            let length = String(text.count + 4, radix: 16)
            bytes += Array((String(repeating: "0", count: 4 - length.count) + length).utf8) + text
        }
        do {
            try output.writeAll(bytes + Array("0000".utf8))
        } catch {
            throw SheafError(.ioError, "Git does not listen any more")
        }
    }

    private func readLine() throws(SheafError) -> [UInt8]? {
        let digits = String(decoding: try read(4), as: UTF8.self)
        guard digits.utf8.allSatisfy({ $0 != 0x2B && $0 != 0x2D }),
            let length = Int(digits, radix: 16), length == 0 || length >= 4,
            length <= Self.maximumLength
        else { throw SheafError(.invalidRequest, "this is not what Git tells a hook") }
        return length == 0 ? nil : try read(length - 4)
    }

    private func read(_ count: Int) throws(SheafError) -> [UInt8] {
        var bytes: [UInt8] = []
        while bytes.count < count {
            let missing = count - bytes.count
            let part: [UInt8]
            do {
                part = try Array(
                    FileHandle(fileDescriptor: input.rawValue, closeOnDealloc: false)
                        .read(upToCount: missing) ?? Data())
            } catch {
                throw SheafError(.ioError, "standard input cannot be read")
            }
            guard !part.isEmpty else {
                throw SheafError(.invalidRequest, "Git ended too early")
            }
            bytes += part
        }
        return bytes
    }
}
