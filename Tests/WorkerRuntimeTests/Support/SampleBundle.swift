import BundleModel
import Foundation

/// The files of a bundle that tests publish, by path.
struct SampleBundle: Sendable {
    var files: [String: [UInt8]]

    /// A bundle with two profiles that ask for nothing.
    static let plain = SampleBundle([
        "bundle.yaml": """
        schema: sheaf/bundle/v1
        workspace: acme
        bundle: support-agents
        defaultProfile: coder
        """,
        "profiles/coder.yaml": """
        schema: sheaf/profile/v1
        extends: builtin:coder
        prompts: { system: prompts/system.md }
        """,
        "profiles/reader.yaml": """
        schema: sheaf/profile/v1
        description: Reads tickets
        prompts: { system: prompts/system.md }
        tools: { read: allow }
        """,
        "prompts/system.md": "You fix tickets.\n",
    ])

    /// A bundle whose profile `coder` asks for something of every kind.
    static let asking = plain.with([
        "profiles/coder.yaml": """
        schema: sheaf/profile/v1
        engine: claude-code
        model: main
        prompts: { system: prompts/system.md }
        plugins: [tickets]
        grants: [checkout, tracker-token, tracker, builds, forge, triage]
        """,
        "models/main.yaml": """
        schema: sheaf/model/v1
        provider: anthropic
        model: claude-sonnet-4
        credential: model-key
        """,
        "plugins/tickets.yaml": """
        schema: sheaf/plugin/v1
        id: tickets
        version: 1.4.0
        package: pkg:npm/%40acme/tickets@1.4.0
        sha256: \(String(repeating: "0123456789abcdef", count: 4))
        """,
        "policies/checkout.yaml": """
        schema: sheaf/declaration/v1
        kind: mount_grant
        ref: mount:checkout
        access: write
        expose: { at: checkout }
        """,
        "policies/tracker-token.yaml": """
        schema: sheaf/declaration/v1
        kind: secret_ref
        ref: secret:tracker/api-token
        required: false
        expose: { env: TRACKER_TOKEN }
        """,
        "policies/model-key.yaml": """
        schema: sheaf/declaration/v1
        kind: secret_ref
        ref: vault:models/main
        """,
        "policies/tracker.yaml": """
        schema: sheaf/declaration/v1
        kind: network_policy
        ref: network:tracker
        """,
        "policies/builds.yaml": """
        schema: sheaf/declaration/v1
        kind: shell_policy
        ref: shell:builds
        """,
        "policies/forge.yaml": """
        schema: sheaf/declaration/v1
        kind: git_policy
        ref: git:forge
        """,
        "policies/triage.yaml": """
        schema: sheaf/declaration/v1
        kind: capability_grant
        ref: capability:triage
        """,
    ])

    init(_ files: [String: String]) {
        self.files = files.mapValues { Array(($0.hasSuffix("\n") ? $0 : $0 + "\n").utf8) }
    }

    /// The same bundle with other or more files.
    func with(_ files: [String: String]) -> SampleBundle {
        var copy = self
        copy.files.merge(SampleBundle(files).files) { $1 }
        return copy
    }

    /// The same bundle with another system prompt, and so with another digest.
    func saying(_ prompt: String) -> SampleBundle { with(["prompts/system.md": prompt]) }

    /// The same bundle under another name.
    func named(_ bundle: String, workspace: String = "acme") -> SampleBundle {
        with([
            "bundle.yaml": """
            schema: sheaf/bundle/v1
            workspace: \(workspace)
            bundle: \(bundle)
            defaultProfile: coder
            """
        ])
    }

    /// Writes the files, and nothing else, into a directory.
    func write(to directory: URL) throws {
        try? FileManager.default.removeItem(at: directory)
        for (path, bytes) in files {
            let file = directory.appending(path: path)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(bytes).write(to: file)
        }
    }

    /// The digest of the files, computed here and not from a repository.
    var digest: BundleDigest {
        get throws {
            BundleDigest(
                files: try files.map {
                    (try BundlePath($0.key), SHA256Value(hashing: $0.value))
                })
        }
    }
}
