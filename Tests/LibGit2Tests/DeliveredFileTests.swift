import Foundation
import Testing

@testable import LibGit2

@Suite("A file that is put into a folder of another user")
struct DeliveredFileTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        try folder.write("source", "whole")
        for name in ["arriving", "elsewhere"] {
            try FileManager.default.createDirectory(
                atPath: folder(name), withIntermediateDirectories: false)
        }
    }

    private func deliver(
        _ source: String = "source", to place: String = "arriving"
    ) throws -> DeliveredFile {
        try DeliveredFile(copying: folder(source), named: "file", into: folder(place))
    }

    @Test("is whole, is nobody else's to read, and goes when it is taken out")
    func delivered() throws {
        let bytes = Data((0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) })
        try folder.write("large", bytes)
        let file = try deliver("large")
        let path = folder("arriving/file")
        #expect(try Data(contentsOf: URL(filePath: path)) == bytes)
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions]
        #expect((mode as? NSNumber)?.intValue == 0o600)
        file.remove()
        #expect(try folder.names(in: "arriving").isEmpty)
    }

    @Test(
        "belongs to whoever the folder belongs to when root puts it there",
        .enabled(if: geteuid() == 0, "only root may give files away"))
    func given() throws {
        let isChanged = unsafe chown(folder("arriving"), 12_345, 12_346) == 0
        #expect(isChanged)
        _ = try deliver()
        let attributes = try FileManager.default.attributesOfItem(atPath: folder("arriving/file"))
        #expect((attributes[.ownerAccountID] as? NSNumber)?.intValue == 12_345)
        #expect((attributes[.groupOwnerAccountID] as? NSNumber)?.intValue == 12_346)
    }

    @Test("takes nobody's place, follows no link, and changes nothing when it is refused")
    func links() throws {
        try folder.write("elsewhere/target", "theirs")
        let files = FileManager.default
        try files.createSymbolicLink(
            atPath: folder("linked"), withDestinationPath: folder("elsewhere"))
        #expect(throws: DeliveredFile.Failure.self) { try deliver(to: "linked") }
        for target in ["elsewhere/target", "elsewhere/none"] {
            try files.createSymbolicLink(
                atPath: folder("arriving/file"), withDestinationPath: folder(target))
            #expect(throws: DeliveredFile.Failure.self) { try deliver() }
            try files.removeItem(atPath: folder("arriving/file"))
        }
        #expect(try folder.names(in: "elsewhere") == ["target"])
        let text = try String(contentsOfFile: folder("elsewhere/target"), encoding: .utf8)
        #expect(text == "theirs")
    }

    @Test("is taken out of the folder that it was put into, whatever that is called by now")
    func moved() throws {
        let file = try deliver()
        let files = FileManager.default
        try files.moveItem(atPath: folder("arriving"), toPath: folder("moved"))
        try folder.write("elsewhere/file", "theirs")
        try files.createSymbolicLink(
            atPath: folder("arriving"), withDestinationPath: folder("elsewhere"))
        file.remove()
        #expect(try folder.names(in: "moved").isEmpty)
        #expect(try folder.names(in: "elsewhere") == ["file"])
        // A folder that took its name keeps what is in it.
        let other = try deliver(to: "moved")
        try files.removeItem(atPath: folder("moved/file"))
        try folder.write("moved/file/inside", "theirs")
        other.remove()
        #expect(try folder.names(in: "moved/file") == ["inside"])
    }

    @Test("is a regular file", arguments: ["none", "elsewhere", "pipe"])
    func source(_ name: String) throws {
        let isMade = unsafe mkfifo(folder("pipe"), 0o600) == 0
        #expect(isMade)
        #expect(throws: DeliveredFile.Failure.noSource) { try deliver(name) }
        #expect(try folder.names(in: "arriving").isEmpty)
    }
}
