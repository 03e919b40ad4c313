internal import BundleModel

/// What the configuration says of how Git cleans up the message of a commit.
///
/// Source: git-commit(1), `--cleanup` and `--verbose`; git-config(1), `core.commentChar`.
struct CommitCleanup: Sendable {
    private var comment = "#"
    private var mode = "default"
    private var isVerbose = false

    /// Reads the records of `git config --null --get-regexp`; the last of a kind counts.
    init(settings: [[UInt8]]) {
        for record in settings {
            let parts = record.split(separator: 0x0A, maxSplits: 1)
                .map { String(decoding: $0, as: UTF8.self) }
            let value = parts.count > 1 ? parts[1] : "true"
            switch parts.first?.lowercased() {
            case "core.commentchar", "core.commentstring": if !value.isEmpty { comment = value }
            case "commit.cleanup": mode = value
            case "commit.verbose":
                isVerbose = RepositorySetting.boolean(value) ?? (value != "0")
            default: break
            }
        }
    }

    /// What this command takes away; nil stands for one that is not known.
    func cleanup(of command: CommitCommand?) -> MessageCleanup {
        let mode = command?.cleanup ?? mode
        let hasEditor = command?.usesEditor ?? true
        let isRemoving = mode == "strip" || (mode == "default" && hasEditor)
        let isCutting =
            command.map { $0.isVerbose ?? isVerbose } ?? true || (mode == "scissors" && hasEditor)
        return MessageCleanup(
            mark: comment.lowercased() == "auto" ? .chosenByGit : .text(comment),
            removesComments: isRemoving, cutsAtScissors: isCutting)
    }
}
