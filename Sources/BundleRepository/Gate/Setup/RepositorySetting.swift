/// One line of Git's configuration that a repository of bundles needs, and why.
public struct RepositorySetting: Hashable, Sendable {
    /// The name, e.g. `receive.denyDeletes`.
    public let key: String
    /// The value it must have.
    public let value: String
    /// What it is there for, in one line.
    public let reason: String

    /// Every setting that `sheaf init` makes and `sheaf doctor` looks for.
    ///
    /// What Git does right by itself is not set: reflogs stay off in a bare repository, because the
    /// branches only move forward and are their own log, and because libgit2 would write them
    /// without a name; `receive.autogc` stays on, because it packs what pushes bring and removes
    /// only what nothing reached for two weeks; upload-pack keeps its defaults, which serve what
    /// references reach.
    public static let all = [
        RepositorySetting(
            key: "receive.procReceiveRefs", value: "refs",
            reason: "Git refuses every push when the gate is missing or not executable"),
        RepositorySetting(
            key: "receive.denyDeletes", value: "true", reason: "branches are never deleted"),
        RepositorySetting(
            key: "receive.denyNonFastForwards", value: "true",
            reason: "branches move forward only"),
        RepositorySetting(
            key: "receive.fsckObjects", value: "true", reason: "no broken object is taken"),
        RepositorySetting(
            key: "transfer.fsckObjects", value: "true", reason: "no broken object is taken"),
        RepositorySetting(
            key: "receive.maxInputSize", value: "1073741824",
            reason: "a push cannot fill the disk: four bundles of the greatest size"),
        RepositorySetting(
            key: "receive.unpackLimit", value: "1",
            reason: "a push stays the one pack that Git checked; a torn loose object would hang "
                + "libgit2"),
        RepositorySetting(
            key: "receive.shallowUpdate", value: "false",
            reason: "a push without its history is refused"),
        RepositorySetting(
            key: "receive.advertiseAtomic", value: "true",
            reason: "a revision and its release can be pushed together"),
        RepositorySetting(
            key: "core.fsync", value: "all", reason: "what was taken survives a loss of power"),
        RepositorySetting(
            key: "core.useReplaceRefs", value: "false",
            reason: "Git reads what is stored, as Sheaf does"),
        RepositorySetting(
            key: "transfer.hideRefs", value: "refs/replace",
            reason: "nobody is served another object than the one named"),
    ]
}
