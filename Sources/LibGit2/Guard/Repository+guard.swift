internal import CLibgit2Shims
internal import Clibgit2

extension Repository {
    /// The most that libgit2 inflates or allocates at once. Far above what a bundle may hold, since
    /// the base of a delta can be a file that has nothing to do with one.
    static let largestObject = 256 << 20

    /// Puts an object database on guard against damage that libgit2 1.5.1 does not survive.
    ///
    /// The indexes of packs are checked before libgit2 opens one, loose objects are read by a reader
    /// of our own, and a commit-graph, which nothing proves, is not believed.
    ///
    /// Throws `.corrupt` when a pack or its index is damaged, or a pipe stands for a file.
    static func guardObjects(
        _ objects: OpaquePointer, in folder: String
    ) throws(GitError) {
        let folders = try ObjectFolders(own: folder + "objects").paths
        let code = unsafe withCStrings(folders) { paths in
            let code = unsafe sheaf_check_packs(objects, paths.baseAddress, folders.count)
            if code < 0 { return code }
            return unsafe sheaf_read_loose(
                objects, paths.baseAddress, folders.count, largestObject)
        }
        try check(code)
        try check(unsafe git_odb_set_commit_graph(objects, nil))
    }
}
