import BundleModel
import TestSupport

extension BadInput {
    private static let published: @Sendable (Desk) async throws -> Void = {
        try await $0.publish(revisions: 1)
    }

    /// Requests that ask for what is not there, or are not requests.
    static let requests = [
        BadInput("no repository yet", .notFound, "no repository", "log"),
        BadInput("no such bundle", .notFound, "'others'", "log", "others", prepare: published),
        BadInput(
            "no such revision", .notFound, "no revision 9", "show", "support-agents@9",
            prepare: published),
        BadInput(
            "no such digest", .notFound, "sha256:000000000000", "digest",
            "support-agents@sha256:\(String(repeating: "0", count: 64))", prepare: published),
        BadInput(
            "no such commit", .notFound, "0000000000", "show",
            "support-agents@\(String(repeating: "0", count: 40))", prepare: published),
        BadInput(
            "no such file", .notFound, "'prompts/nobody.md'", "show", "support-agents",
            "prompts/nobody.md", prepare: published),
        BadInput(
            "no such channel", .notFound, "'stable'", "channel", "log", "support-agents", "stable",
            prepare: published),
        BadInput(
            "nothing before the first revision", .notFound, "nothing before", "diff",
            "support-agents@1", prepare: published),
        BadInput(
            "a branch that moved", .conflict, "expected nothing", "publish", "agents", "--expect",
            "none"
        ) {
            try await $0.publish(revisions: 1)
            try $0.edit()
        },
        BadInput(
            "a branch that is elsewhere", .conflict, "expected 0000000000", "publish", "agents",
            "--expect", String(repeating: "0", count: 40)
        ) {
            try await $0.publish(revisions: 1)
            try $0.edit()
        },
        BadInput(
            "a release that is there", .conflict, "revision 1 already", "channel", "release",
            "support-agents@1", "latest", "--reason", "again", prepare: published),
        BadInput(
            "a rollback that goes nowhere", .invalidRequest, "would not go back", "channel",
            "rollback", "support-agents", "latest", "--to", "1", "--reason", "x",
            prepare: published),
        BadInput(
            "a rollback to another bundle", .invalidRequest, "'others@1'", "channel", "rollback",
            "support-agents", "latest", "--to", "others@1", "--reason", "x", prepare: published),
        BadInput(
            "a reason of two lines", .invalidRequest, "one line", "channel", "release",
            "support-agents@1", "stable", "--reason", "a\nb", prepare: published),
        BadInput("a bundle id in capitals", .invalidRequest, "'Agents'", "log", "Agents"),
        BadInput("a reference that is none", .invalidRequest, "not a reference", "show", "a@@"),
        BadInput("a path that is none", .invalidRequest, "'../x'", "show", "a@1", "../x"),
        BadInput(
            "an expectation that is none", .invalidRequest, "'abc'", "publish", "agents",
            "--expect", "abc"),
        BadInput(
            "a message with a trailer of ours", .invalidRequest, "Bundle-Id", "publish", "agents",
            "-m", "x\n\nBundle-Id: y",
            prepare: {
                try await published($0); try $0.edit()
            }),
        BadInput("an unknown kind of document", .invalidRequest, "'profil'", "schema", "profil"),
        BadInput(
            "the files of a repository on another machine", .invalidRequest, "this machine",
            "doctor", "--repository", "https://git.example/acme.git"),
        BadInput(
            "a new repository over SSH", .invalidRequest, "this machine", "init", "--repository",
            "git@git.example:acme.git"),
        BadInput(
            "a repository that is not there, by its URL", .remoteUnavailable, "no repository",
            "log", "--repository", "file:///nowhere/at/all.git"),
        BadInput(
            "a repository below a file", .ioError, "cannot be made", "init", "--bare",
            "agents/bundle.yaml/x.git"),
    ]
}
