/// What is wrong with an entry because of its kind: a bundle holds regular files only.
enum EntryKindRule {
    static func finding(for entry: RawEntry) -> Finding? {
        switch entry.kind {
        case .file, .directory: nil
        case .symbolicLink:
            refusal("symbolic-link", entry, "this is a symbolic link", "put the file itself there")
        case .submodule:
            refusal(
                "submodule", entry, "this is a repository of its own",
                "a bundle holds files only; copy them in")
        case .special:
            refusal(
                "special-file", entry, "this is a socket, pipe or device",
                "keep live state outside the bundle")
        case .mode(let digits):
            refusal(
                "tree-mode", entry, "this has the mode \(digits)",
                "only regular files of mode 100644 are part of a bundle")
        case .emptyTree:
            refusal("empty-tree", entry, "this directory has no files", "leave it out")
        case .unreadableTree:
            refusal(
                "tree-malformed", entry,
                "the tree cannot be read: an entry is cut short or not one",
                "write the tree with Git")
        case .wrongObject:
            refusal(
                "tree-object", entry, "the object is of another kind than the mode says",
                "write the tree with Git")
        case .closedDirectory:
            refusal(
                "path-too-deep", entry,
                "files in this directory are deeper than \(ContentLimits.standard.pathDepth) levels",
                "use fewer levels", .limitExceeded)
        }
    }

    private static func refusal(
        _ rule: String, _ entry: RawEntry, _ message: String, _ hint: String,
        _ code: SheafError.Code = .malformedBundle
    ) -> Finding {
        Finding(
            code: code, rule: rule, path: EntryCheck.shown(entry.path), message: message, hint: hint
        )
    }
}
