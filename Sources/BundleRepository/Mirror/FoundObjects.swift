internal import BundleModel
internal import Foundation
internal import LibGit2
internal import Synchronization

/// The releases of which every object was found, while the files that hold them are the same.
///
/// Looking for each object takes time with the size of a bundle, and whether a pin can be used is
/// asked often. What was found once is there until a file of the object database is cut, replaced
/// or removed, or another one comes: then everything is looked for anew. Objects in files of their
/// own are always looked for; a mirror has none, unless somebody put them there.
final class FoundObjects: Sendable {
    /// The files that held the objects at a moment.
    struct Stamp: Hashable, Sendable {
        fileprivate let folders: [FileStamp]
        fileprivate let paths: [String]
        fileprivate let files: [FileStamp]
        fileprivate let packs: String

        /// Whether the packs are the same now. What is put beside them takes nothing away.
        func holds() -> Bool {
            FileStamp(path: packs) == folders.last
                && zip(paths, files).allSatisfy { FileStamp(path: $0) == $1 }
        }
    }

    private struct State {
        var stamp: Stamp?
        var commits: Set<CommitID> = []
    }

    private let folders: [String]
    private let state = Mutex(State())

    /// - Parameter path: the repository, a bare one.
    init(at path: String) {
        folders = ["\(path)/objects", "\(path)/objects/pack"]
    }

    /// The files as they are now; nil when a change of them might not show, as when some of them are
    /// another repository's.
    func look() -> Stamp? {
        guard FileStamp(path: "\(folders[0])/info/alternates") == nil else { return nil }
        let found = folders.compactMap { FileStamp(path: $0) }
        guard found.count == folders.count, found.allSatisfy(\.isSettled) else { return nil }
        // What a folder lists stays the same while the folder does.
        let known = state.withLock(\.stamp)
        guard let paths = known?.folders == found ? known?.paths : paths() else { return nil }
        let files = paths.compactMap { FileStamp(path: $0) }
        guard files.count == paths.count, files.allSatisfy(\.isSettled) else { return nil }
        return Stamp(folders: found, paths: paths, files: files, packs: folders[1])
    }

    /// The packs with their tables; nil when there are objects beside them.
    private func paths() -> [String]? {
        let files = FileManager.default
        guard let names = try? files.contentsOfDirectory(atPath: folders[0]),
            !names.contains(where: { $0.utf8.count == 2 }),
            let packs = try? files.contentsOfDirectory(atPath: folders[1])
        else { return nil }
        return packs.sorted().map { "\(folders[1])/\($0)" }
    }

    /// Whether all objects of a release were found in these files.
    func contains(_ commit: CommitID, in stamp: Stamp) -> Bool {
        state.withLock { $0.stamp == stamp && $0.commits.contains(commit) }
    }

    /// All objects of a release were found in these files, which were looked at before.
    func insert(_ commit: CommitID, in stamp: Stamp) {
        state.withLock { state in
            if state.stamp != stamp { state = State(stamp: stamp) }
            if state.commits.count >= Self.maximum { state.commits = [] }
            state.commits.insert(commit)
        }
    }

    private static let maximum = 4096
}
