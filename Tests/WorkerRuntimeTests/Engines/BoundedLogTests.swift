import Foundation
import TestSupport
import Testing

@testable import WorkerRuntime

@Suite("A bounded log")
struct BoundedLogTests {
    private let directory: TemporaryDirectory
    private var path: String { directory.appending("out.log").path(percentEncoded: false) }

    init() throws { directory = try TemporaryDirectory() }

    private func text() -> String? {
        BoundedLog.contents(of: path).map { String(decoding: $0, as: UTF8.self) }
    }

    private func size(_ path: String) -> Int? {
        (try? FileManager.default.attributesOfItem(atPath: path))?[.size] as? Int
    }

    @Test("has all of what fits, over both of its files")
    func fits() {
        #expect(text() == nil)
        var log = BoundedLog(path, bytes: 8192)
        log.write(Data("one ".utf8))
        log.write(Data("two".utf8))
        #expect(text() == "one two")
        log.write(Data(repeating: 0x78, count: 5000))
        #expect(text() == "one two" + String(repeating: "x", count: 5000))
        #expect(size(BoundedLog.older(path)) == 4096)
    }

    @Test(
        "keeps the end of more, within its bytes, and says how much is gone",
        arguments: [1, 97, 4096])
    func bounded(_ part: Int) throws {
        var log = BoundedLog(path, bytes: 8192)
        var written = 0
        while written < 50_000 {
            log.write(Data(repeating: UInt8(0x61 + written / part % 26), count: part))
            written += part
        }
        let all = try #require(text())
        let note = try #require(
            all.firstMatch(of: /\[sheaf: the first (\d+) bytes of this output were dropped\]\n/))
        let dropped = try #require(Int(note.1))
        let kept = all.replacing(
            /\[sheaf: the first \d+ bytes of this output were dropped\]\n/, with: "")
        #expect(all.utf8.count <= 8192 + 200)
        #expect(kept.utf8.count >= 4096)
        // What is told to be gone, and what the notes took the place of, is what is not there.
        #expect(abs(written - kept.utf8.count - dropped) <= 4096)
        #expect(kept.last == Character(UnicodeScalar(UInt8(0x61 + (written - 1) / part % 26))))
    }

    @Test("says how much could not be written, once it can be again, and holds nobody up")
    func unwritable() throws {
        let folder = directory.appending("later")
        let path = folder.appending(path: "out.log").path(percentEncoded: false)
        var log = BoundedLog(path, bytes: 8192)
        log.write(Data("gone".utf8))
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        log.write(Data("kept".utf8))
        #expect(
            BoundedLog.contents(of: path).map { String(decoding: $0, as: UTF8.self) }
                == "\n[sheaf: 4 bytes could not be written]\nkept")
    }

    @Test("is read as it was at one moment, also when its files change places meanwhile")
    func rotation() throws {
        let older = BoundedLog.older(path)
        try Data("1".utf8).write(to: URL(filePath: older))
        try Data("2".utf8).write(to: URL(filePath: path))
        var reads = 0
        let found = BoundedLog.contents(of: path) { name in
            defer {
                reads += 1
                // After the older one was read: the newer takes its place.
                if reads == 1 {
                    try? FileManager.default.removeItem(atPath: older)
                    try? FileManager.default.moveItem(atPath: path, toPath: older)
                    try? Data("3".utf8).write(to: URL(filePath: path))
                }
            }
            return FileManager.default.contents(atPath: name)
        }
        #expect(found.map { String(decoding: $0, as: UTF8.self) } == "23")
        // Between the two steps of the change there is only the older one.
        try FileManager.default.removeItem(atPath: path)
        #expect(text() == "2")
    }
}
