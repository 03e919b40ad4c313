internal import BundleModel
internal import Foundation
internal import LibGit2

extension BundleRepository {
    private static let oldAfter: TimeInterval = 600

    /// Throws what reading the newest commit of a branch throws.
    func requireTip(_ name: String) throws(SheafError) {
        switch try GatedBranch(name) {
        case .revisions(let bundle): _ = try branch(bundle).newest(repository)
        case .releases(let bundle, let channel):
            _ = try channelBranch(bundle, channel).newest(repository)
        }
    }

    /// Points HEAD at the first bundle's branch.
    func repairHead() throws(SheafError) {
        guard let first = try bundles().first else { return }
        try mapping("HEAD") { () throws(GitError) in
            try repository.setHead(toBranch: BundleRefName.revisions(first))
        }
    }

    /// Removes unfinished packs that nobody has written to for a while.
    func removeLeftovers() throws(SheafError) {
        try mapping("what a killed publish left") { () throws(GitError) in
            try repository.removeAbandonedPacks(olderThan: Self.oldAfter)
        }
    }

    /// Temporary files and locks that are older than any work takes, by their names in the
    /// repository.
    func leftovers() throws(SheafError) -> [String] {
        let manager = FileManager.default
        let root = repository.path
        func names(_ folder: String) -> [String] {
            ((try? manager.contentsOfDirectory(atPath: root + folder)) ?? []).map {
                folder.isEmpty ? $0 : "\(folder)/\($0)"
            }
        }
        let references = (try? manager.subpathsOfDirectory(atPath: root + "refs")) ?? []
        let found =
            names("").filter { $0.hasSuffix(".lock") && $0 != "sheaf.lock" }
            + names("objects").filter { $0.contains("tmp_objdir") || $0.contains("incoming-") }
            + names("objects/pack").filter { $0.contains("/pack_git2_") || $0.contains("/tmp_") }
            + references.filter { $0.hasSuffix(".lock") }.map { "refs/\($0)" }
        return found.filter { isOld(root + $0) }.sorted()
    }

    private func isOld(_ file: String) -> Bool {
        let attributes = try? FileManager.default.attributesOfItem(atPath: file)
        guard let changed = attributes?[.modificationDate] as? Date else { return false }
        return Date.now.timeIntervalSince(changed) > Self.oldAfter
    }
}
