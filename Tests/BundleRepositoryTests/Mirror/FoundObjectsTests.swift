import BundleModel
import Foundation
import TestSupport
import Testing

@testable import BundleRepository

@Suite("What is remembered of objects that were found")
struct FoundObjectsTests {
    let home: TemporaryDirectory
    let found: FoundObjects
    let commit: CommitID

    init() throws {
        home = try TemporaryDirectory("sheaf-found")
        try home.write("one", to: "objects/pack/pack-1.pack")
        try home.write("table", to: "objects/pack/pack-1.idx")
        try home.makeDirectory("objects/info")
        found = FoundObjects(at: home.path)
        commit = try #require(CommitID(String(repeating: "1", count: 40)))
    }

    /// Looks until the last change is so long ago that another one would show.
    private func look() throws -> FoundObjects.Stamp {
        let end = ContinuousClock.now + .seconds(20)
        while .now < end {
            if let stamp = found.look() { return stamp }
        }
        return try #require(found.look())
    }

    @Test("it holds while the files are the same, for what was found in them alone")
    func same() throws {
        let first = try look()
        #expect(!found.contains(commit, in: first))
        found.insert(commit, in: first)
        #expect(found.contains(commit, in: try look()))
        let other = try #require(CommitID(String(repeating: "2", count: 40)))
        #expect(!found.contains(other, in: try look()))
    }

    @Test(
        "it ends when a file is cut, replaced, removed, or another one comes",
        arguments: ["cut", "replaced", "removed", "another", "table"])
    func changed(_ what: String) throws {
        found.insert(commit, in: try look())
        let pack = home.appending("objects/pack/pack-1.pack")
        switch what {
        case "cut": try FileHandle(forWritingTo: pack).truncate(atOffset: 1)
        case "replaced":
            let new = try home.write("one", to: "objects/new")
            try FileManager.default.removeItem(at: pack)
            try FileManager.default.moveItem(at: new, to: pack)
        case "removed": try FileManager.default.removeItem(at: pack)
        case "table": try home.write("other", to: "objects/pack/pack-1.idx")
        default: try home.write("two", to: "objects/pack/pack-2.pack")
        }
        #expect(!found.contains(commit, in: try look()))
    }

    @Test("nothing is remembered right after a change, or of objects in files of their own")
    func unsettled() throws {
        found.insert(commit, in: try look())
        try home.write("two", to: "objects/pack/pack-2.pack")
        #expect(found.look() == nil)
        try home.write("loose", to: "objects/ab/\(String(repeating: "c", count: 38))")
        let end = ContinuousClock.now + .milliseconds(200)
        while .now < end { #expect(found.look() == nil) }
    }
}
