package import BundleModel
internal import Foundation
internal import LibGit2

extension ReleaseMirror {
    /// Removes what a killed owner left: lock files of references, transfers, fetched releases.
    ///
    /// Only for the owner of the store, before it does anything with the mirror: whatever is locked
    /// then was locked by a process that is gone.
    package func recover() throws(SheafError) {
        do {
            for file in try lockFiles() { try FileManager.default.removeItem(atPath: file) }
        } catch {
            throw SheafError(.ioError, "a lock of the store of '\(bundle)' cannot be removed")
        }
        try removeLeftovers()
    }

    private func lockFiles() throws -> [String] {
        let manager = FileManager.default
        var files = try manager.contentsOfDirectory(atPath: path).map { "\(path)/\($0)" }
        for name in try manager.subpathsOfDirectory(atPath: "\(path)/refs") {
            files.append("\(path)/refs/\(name)")
        }
        return files.filter { $0.hasSuffix(".lock") }
    }
}
