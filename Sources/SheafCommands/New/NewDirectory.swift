internal import BundleModel
internal import Foundation

/// A directory that is written as a whole, or not at all.
struct NewDirectory {
    private let path: String

    /// Throws `conflict` when anything is there but an empty directory.
    init(_ path: String) throws(SheafError) {
        self.path = path
        let isThere = FileManager.default.fileExists(atPath: path)
        let entries = try? FileManager.default.contentsOfDirectory(atPath: path)
        guard !isThere || entries?.isEmpty == true else {
            throw SheafError(
                .conflict, "'\(DisplayText.escape(path))' is there already and not empty",
                hint: "name a directory that does not exist")
        }
    }

    /// Writes the files beside the directory first, and moves them there when they are complete.
    func write(_ files: [(path: BundlePath, bytes: [UInt8])]) throws(SheafError) {
        let target = URL(filePath: DefaultLocations.absolute(path), directoryHint: .isDirectory)
        let parent = target.deletingLastPathComponent()
        let name = ".\(target.lastPathComponent).\(UUID().uuidString)"
        let temporary = parent.appending(path: name, directoryHint: .isDirectory)
        let manager = FileManager.default
        do {
            defer { try? manager.removeItem(at: temporary) }
            for file in files {
                let place = temporary.appending(path: file.path.description)
                try manager.createDirectory(
                    at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
                try Data(file.bytes).write(to: place)
            }
            if manager.fileExists(atPath: target.path(percentEncoded: false)) {
                for entry in try manager.contentsOfDirectory(
                    at: temporary, includingPropertiesForKeys: nil)
                {
                    try manager.moveItem(
                        at: entry, to: target.appending(path: entry.lastPathComponent))
                }
            } else {
                try manager.moveItem(at: temporary, to: target)
            }
        } catch {
            throw SheafError(
                .ioError, "'\(DisplayText.escape(path))' cannot be written",
                hint: "check that its parent directory can be written and has space")
        }
    }
}
