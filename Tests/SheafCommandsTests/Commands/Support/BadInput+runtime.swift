import BundleModel
import TestSupport

extension BadInput {
    private static let sync = ["runtime", "sync", "support-agents@latest"]

    /// What happens to the channel `latest` after its second release was accepted.
    static let releases = [
        BadInput("an older release", .releaseReplayed, "older than release 2", sync) { desk in
            try await desk.git.check("update-ref", Desk.latest, "\(Desk.latest)^")
        },
        BadInput("another second release", .releaseConflict, "another commit", sync) { desk in
            let message = try await desk.message(Desk.latest)
            try await desk.forge(
                Desk.latest, message: message, parents: ["\(Desk.latest)^"],
                environment: ["GIT_COMMITTER_DATE": "2001-01-01T00:00:00Z"])
        },
        BadInput("a release that follows another line", .historyRewritten, "does not follow", sync)
        {
            desk in
            let message = try await desk.message(Desk.latest)
            let other = try await desk.forge(
                Desk.latest, message: message, parents: ["\(Desk.latest)^"],
                environment: ["GIT_COMMITTER_DATE": "2001-01-01T00:00:00Z"])
            try await desk.forge(
                Desk.latest,
                message: message.replacing("Release-Sequence: 2", with: "Release-Sequence: 3"),
                parents: [other])
        },
        BadInput("contents of another digest", .digestMismatch, "claimed", sync) { desk in
            let head = try await desk.git.commit(Desk.latest)
            let message = try await desk.message(Desk.latest)
                .replacing("Release-Sequence: 2", with: "Release-Sequence: 3")
            let tree = try await desk.git.text("rev-parse", "\(Desk.latest)^^{tree}")
            try await desk.forge(Desk.latest, message: message, tree: tree, parents: [head])
        },
        BadInput("a release without trailers", .provenanceInvalid, "Release-Sequence", sync) {
            desk in
            let head = try await desk.git.commit(Desk.latest)
            try await desk.forge(Desk.latest, message: "by hand\n", parents: [head])
        },
        BadInput("a release of another workspace", .workspaceMismatch, "'other'", sync) { desk in
            let head = try await desk.git.commit(Desk.latest)
            let message = try await desk.message(Desk.latest)
                .replacing("Release-Sequence: 2", with: "Release-Sequence: 3")
                .replacing("Bundle-Workspace: acme", with: "Bundle-Workspace: other")
            try await desk.forge(Desk.latest, message: message, parents: [head])
        },
        BadInput("a channel that is gone", .notFound, "latest", sync) { desk in
            try await desk.git.check("update-ref", "-d", Desk.latest)
        },
        BadInput("a repository that is gone", .remoteUnavailable, "cannot be reached", sync) {
            desk in
            try desk.replaceInPolicy("/repository.git", with: "/elsewhere.git")
        },
    ]

    /// Requests for workers that are refused.
    static let workers = [
        BadInput(
            "a named profile without a bundle", .bundleRequired, "'named:coder'", "worker",
            "create", "--profile", "coder"),
        BadInput(
            "a builtin profile where bundles are required", .bundleRequired, "'acme'", "worker",
            "create", "--profile", "builtin:coder"
        ) {
            try $0.replaceInPolicy("# bundleRequired: true", with: "bundleRequired: true")
        },
        BadInput(
            "a channel that was not synced", .bundleMissing, "support-agents@stable", "worker",
            "create", "--bundle", "support-agents@stable"),
        BadInput(
            "a pin that is not here", .bundleMissing, "'acme/others'", "worker", "create", "--pin",
            "acme/others@\(zeros(40))@sha256:\(zeros(64))"),
        BadInput(
            "a profile that is not there", .invalidProfileSelector, "nobody", "worker", "create",
            "--profile", "nobody", "--bundle", "support-agents@latest"),
        BadInput(
            "a profile that is no name", .invalidProfileSelector, "'A B'", "worker", "create",
            "--profile", "A B"),
        BadInput(
            "a builtin profile with a bundle", .invalidProfileSelector, "builtin:coder", "worker",
            "create", "--profile", "builtin:coder", "--bundle", "support-agents@latest"),
        BadInput(
            "builtin profiles where the policy denies them", .hostPolicyDenied, "builtin",
            "worker", "create", "--profile", "builtin:coder"
        ) {
            try $0.replaceInPolicy("builtin: allow", with: "builtin: deny")
        },
        BadInput(
            "a capability that nobody granted", .hostPolicyDenied, "browser", "worker", "create",
            "--profile", "builtin:coder", "--require", "browser"),
        BadInput(
            "another request under one id", .conflict, "'first'", "worker", "create", "--profile",
            "builtin:reviewer", "--id", "first"),
        BadInput("no such worker", .notFound, "'nobody'", "worker", "show", "nobody"),
        BadInput("no such worker to stop", .notFound, "'nobody'", "worker", "stop", "nobody"),
        BadInput(
            "too many labels", .limitExceeded, "too large",
            ["worker", "create", "--profile", "builtin:coder"]
                + (0...64).flatMap { ["--label", "k\($0)=v"] }),
        BadInput(
            "a label without a value", .invalidRequest, "'team'", "worker", "create", "--profile",
            "builtin:coder", "--label", "team"),
        BadInput(
            "a reference that names no channel", .invalidRequest, "names no channel", "worker",
            "create", "--bundle", "support-agents@1"),
        BadInput(
            "a pin that is none", .invalidRequest, "not a pin", "worker", "create", "--pin", "x/y"),
        BadInput(
            "a policy with an unknown key", .hostPolicyInvalid, ":1:1", "worker", "create",
            "--profile", "builtin:coder"
        ) {
            try $0.home.write("schemer: x\n", to: ".local/state/sheaf/runtime/host-policy.yaml")
        },
        BadInput(
            "a policy that is not there", .hostPolicyInvalid, "sheaf init", "worker", "create",
            "--profile", "builtin:coder", "--policy", "nowhere.yaml"),
        BadInput(
            "a policy that others can write to", .hostPolicyInvalid, "chmod go-w", "worker",
            "create", "--profile", "builtin:coder"
        ) {
            try $0.setPolicyMode(0o664)
        },
    ]

    private static func zeros(_ count: Int) -> String { String(repeating: "0", count: count) }
}
