import BundleModel

/// A bundle made of profiles, for tests of resolution.
struct ProfileTexts {
    /// The bundle with these profiles and every file that they can name.
    static func documents(
        _ profiles: [String: String], defaultProfile: String? = nil
    ) throws -> BundleDocuments {
        var manifest = "schema: sheaf/bundle/v1\nworkspace: acme\nbundle: test\n"
        if let defaultProfile { manifest += "defaultProfile: \(defaultProfile)\n" }
        var files = [
            "bundle.yaml": manifest,
            "prompts/a.md": "a", "prompts/b.md": "b", "prompts/c.md": "c",
            "workflows/a.md": "a", "workflows/b.md": "b",
            "assets/a": "a", "assets/b": "b",
            "models/main.yaml": """
            schema: sheaf/model/v1
            provider: p
            model: m
            credential: key
            """,
            "models/fast.yaml": "schema: sheaf/model/v1\nprovider: p\nmodel: f\n",
            "tools/shell.yaml": "schema: sheaf/tool/v1\npolicy: deny\n",
            "tools/read.yaml": "schema: sheaf/tool/v1\npolicy: allow\n",
            "plugins/tickets.yaml": """
            schema: sheaf/plugin/v1
            id: tickets
            version: 1.0
            package: pkg:npm/tickets@1.0
            sha256: \(String(repeating: "ab", count: 32))
            grants: [net]
            """,
        ]
        for (name, scheme, kind) in [
            ("key", "secret", "secret_ref"), ("net", "network", "network_policy"),
            ("dir", "mount", "mount_grant"),
        ] {
            files["policies/\(name).yaml"] =
                "schema: sheaf/declaration/v1\nkind: \(kind)\nref: \(scheme):\(name)\n"
        }
        for (name, text) in profiles {
            files["profiles/\(name).yaml"] = "schema: sheaf/profile/v1\n\(text)\n"
        }
        return try BundleFiles(files).check().get(subject: "the bundle")
    }

    /// Resolves a profile among these.
    static func resolve(
        _ selector: String, in profiles: [String: String], builtins: [String: String] = [:]
    ) throws -> ResolvedProfile {
        try ProfileResolver(documents: documents(profiles), builtins: Self.builtins(builtins))
            .resolve(ProfileSelector(selector))
    }

    /// Profiles of a runtime.
    static func builtins(_ texts: [String: String]) throws -> [ProfileID: ProfileDocument] {
        var profiles: [ProfileID: ProfileDocument] = [:]
        for (name, text) in texts {
            let id = try ProfileID(name)
            profiles[id] = try ProfileDocument.read(
                Array("schema: sheaf/profile/v1\n\(text)\n".utf8), name: id,
                path: "builtin:\(name)")
        }
        return profiles
    }
}
