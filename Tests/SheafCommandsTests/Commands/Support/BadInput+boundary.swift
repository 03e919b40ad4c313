import BundleModel
import TestSupport

extension BadInput {
    /// A token of a known shape, put together so that it stands nowhere in clear.
    private static let token = "gh" + "p_" + "1cmBcpxoAJWccZIPU8Wmut6WcHon0zVA3mIO"

    /// What the boundary refuses, at the doors of the command line.
    static let boundary = [
        BadInput(
            "a token in a prompt", .forbiddenContent, "prompts/coder.md:1:5", "publish", "agents"
        ) {
            try $0.home.write("Use \(token).\n", to: "agents/prompts/coder.md")
        },
        BadInput(
            "a secret in an asset", .forbiddenContent, "assets/.env:1", "publish", "agents"
        ) {
            try $0.home.write("DB_PASSWORD=hunter2\n", to: "agents/assets/.env")
        },
        BadInput(
            "a path of one host", .forbiddenContent, "assets/run.yaml:1", "publish", "agents"
        ) {
            try $0.home.write("socket: /var/run/docker.sock\n", to: "agents/assets/run.yaml")
        },
        BadInput(
            "a token in the message", .forbiddenContent, "commit message:1:5", "publish", "agents",
            "-m", "Use \(token)"),
        BadInput(
            "a token in the reason of a release", .forbiddenContent, "commit message:", "channel",
            "release", "support-agents@1", "stable", "--reason", "because of \(token)"
        ) { try await $0.publish(revisions: 1) },
        BadInput(
            "a token in what is imported", .forbiddenContent, "helper.md:4:5", "new", "imported",
            "--import", "source", "--workspace", "acme"
        ) {
            try $0.home.write(
                "---\nname: helper\n---\nUse \(token).\n", to: "source/helper.md")
        },
    ]
}
