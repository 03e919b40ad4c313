import BundleModel

/// A bundle in memory, by path, for tests.
struct BundleFiles {
    var files: [String: [UInt8]]

    init(_ files: [String: String] = [:]) {
        self.files = files.mapValues { Array($0.utf8) }
    }

    /// The bundle that the design shows.
    static let design = BundleFiles([
        "bundle.yaml": """
        schema: sheaf/bundle/v1
        workspace: acme
        bundle: support-agents
        description: Agents of the support desk
        language: en
        defaultProfile: coder
        labels: { team: support }
        """,
        "profiles/base.yaml": """
        schema: sheaf/profile/v1
        engine: claude-code
        prompts:
          system: prompts/shared/review.md
        settings: { maxTurns: 20 }
        """,
        "profiles/coder.yaml": """
        # profiles/coder.yaml
        schema: sheaf/profile/v1
        extends: base                             # another profile here, or builtin:coder
        label: Coder
        description: Fixes tickets in a checkout
        engine: claude-code
        model: main
        prompts:                                  # role: path
          system: prompts/coder/system.md
          review: prompts/shared/review.md
        workflows: [workflows/triage.md]
        tools: { read: allow, shell: ask, mcp__tickets__search: allow }
        plugins: [tickets]
        grants: [checkout, tracker-token]
        assets: [assets/style-guide.md]
        settings: { maxTurns: 40, temperature: 0.2 }
        """,
        "policies/tracker-token.yaml": """
        schema: sheaf/declaration/v1
        kind: secret_ref
        ref: secret:tracker/api-token
        required: true
        purpose: reads and comments on tickets
        expose: { env: TRACKER_TOKEN }
        """,
        "policies/checkout.yaml": """
        schema: sheaf/declaration/v1
        kind: mount_grant
        ref: mount:checkout
        expose: { at: checkout }
        access: write
        """,
        "policies/model-key.yaml": """
        schema: sheaf/declaration/v1
        kind: secret_ref
        ref: vault:models/main
        """,
        "models/main.yaml": """
        schema: sheaf/model/v1
        provider: anthropic
        model: claude-sonnet-4
        parameters: { maxOutputTokens: 8192 }
        credential: model-key
        """,
        "plugins/tickets.yaml": """
        schema: sheaf/plugin/v1
        id: tickets
        version: 1.10
        package: pkg:npm/%40acme/tickets@1.10
        sha256: sha256:\(String(repeating: "0123456789abcdef", count: 4))
        """,
        "tools/shell.yaml": """
        schema: sheaf/tool/v1
        description: Runs commands
        policy: deny
        """,
        "prompts/coder/system.md": "You fix tickets.\n",
        "prompts/shared/review.md": "Review the change.\n",
        "workflows/triage.md": "# Triage\n",
        "assets/style-guide.md": "# Style\n",
        "README.md": "# Support agents\n",
    ])

    func with(_ path: String, _ text: String?) -> BundleFiles {
        var copy = self
        copy.files[path] = text.map { Array($0.utf8) }
        return copy
    }

    func check(limits: ContentLimits = .standard) -> BundleCheckResult {
        BundleCheck.run(
            entries: files.map { (name: Array($0.key.utf8), size: $0.value.count) },
            limits: limits, read: { files[$0.text] ?? [] })
    }
}
