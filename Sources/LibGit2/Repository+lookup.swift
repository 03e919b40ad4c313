internal import Clibgit2

extension Repository {
    /// The entry of a tree with this name; nil when it has none.
    ///
    /// Uses libgit2's parsed and cached tree, so that a repeated lookup parses nothing. What has
    /// not been validated is read with ``tree(_:)`` instead, which hides nothing.
    package func entry(named name: String, in tree: ObjectID) throws(GitError) -> TreeEntry? {
        var oid = tree.oid
        var object: OpaquePointer?
        try check(ReadWatch.run { unsafe git_tree_lookup(&object, handle, &oid) })
        defer { unsafe git_tree_free(object) }
        guard let entry = unsafe git_tree_entry_byname(object, name),
            let id = unsafe git_tree_entry_id(entry)
        else { return nil }
        return TreeEntry(
            mode: UInt32(unsafe git_tree_entry_filemode_raw(entry).rawValue),
            name: Array(name.utf8), id: unsafe ObjectID(id.pointee))
    }
}
