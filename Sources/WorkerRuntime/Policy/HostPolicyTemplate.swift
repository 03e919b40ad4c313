internal import BundleModel

/// The host policy of a new installation.
enum HostPolicyTemplate {
    static func text(_ workspace: WorkspaceID, _ repository: String) -> String {
        """
        # The policy of this host: the last word on what workers get. What is not allowed here is
        # denied, whatever a bundle asks for. Only you may write to this file.
        schema: sheaf/host-policy/v1

        # Whether workers may be created from the profiles that are built into the runtime, without
        # a bundle.
        builtin: allow

        # Where bundles come from. 'bundles' lists those that may be synced; "*" is all of them.
        workspaces:
          \(workspace):
            repository: \(quoted(repository))
            bundles: ["*"]
            # credential: { file: /etc/sheaf/\(workspace).token }   # or { env: NAME }, { helper: git }
            # tls: { ca: /etc/sheaf/authorities.pem }   # in place of the system's authorities
            # bundleRequired: true                      # no worker without a bundle
            # freshness: { limit: 24h, whenStale: refuse_new_workers }

        # What the references in bundles stand for on this host, and which profiles get them
        # (workspace/bundle/profile, workspace/bundle/* or workspace/*).
        # grants:
        #   "secret:tracker/api-token": { env: TRACKER_TOKEN, to: [\(workspace)/my-bundle/coder] }
        #   "mount:checkout": { path: /srv/checkouts/one, access: write, to: ["\(workspace)/my-bundle/*"] }
        #   "network:tracker": { allow: ["tracker.example:443"], to: ["\(workspace)/*"] }

        # Plugin packages that this host has, by version and the SHA-256 of the package.
        # plugins:
        #   tickets: { version: "1.4.0", digest: "sha256:<64 hex digits>", to: ["\(workspace)/*"] }

        # The commands of the engines that profiles name.
        # engines:
        #   claude-code: { command: [/usr/bin/claude, --print] }

        """
    }

    /// A path or URL as a YAML text in double quotes.
    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}
