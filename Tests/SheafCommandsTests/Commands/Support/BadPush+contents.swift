import BundleModel
import Foundation
import TestSupport
import Testing

extension BadPush {
    /// Stages something that is no part of a bundle, commits it past the hooks with right trailers
    /// but for the digest, and pushes it.
    private static func contents(
        _ description: String, _ code: SheafError.Code, _ text: String,
        _ change: @escaping @Sendable (Clone) async throws -> Void
    ) -> BadPush {
        BadPush(description, code, text) { clone in
            let right = try await clone.commit("two")
            try await change(clone)
            let tree = try await clone.git.text("write-tree")
            return ["\(try await clone.forge(like: right, tree: tree)):\(revisions)"]
        }
    }

    private static func file(
        _ description: String, _ code: SheafError.Code, _ message: String, path: String,
        _ text: String
    ) -> BadPush {
        contents(description, code, message) { clone in
            try clone.edit(text, path)
            try await clone.git.check("add", "--force", path)
        }
    }

    private static func entry(
        _ description: String, _ code: SheafError.Code, _ message: String, mode: String,
        path: String
    ) -> BadPush {
        contents(description, code, message) { clone in
            let id =
                mode == "160000"
                ? try await clone.git.commit("HEAD")
                : try await clone.git.text("rev-parse", "HEAD:bundle.yaml")
            try await clone.git.check(
                "update-index", "--add", "--cacheinfo", "\(mode),\(id),\(path)")
        }
    }

    /// Contents that cannot be a bundle's.
    static let contents = [
        entry(
            "a symbolic link", .malformedBundle, "prompts/link.md: malformed_bundle symbolic-link",
            mode: "120000", path: "prompts/link.md"),
        entry(
            "an execute bit", .malformedBundle, "has the mode 100755", mode: "100755",
            path: "prompts/run.md"),
        entry(
            "a submodule", .malformedBundle, "this is a repository of its own", mode: "160000",
            path: "assets/sub"),
        file(
            "a key that nobody knows", .unsupportedDeclaration,
            "profiles/coder.yaml:2:1: unsupported_declaration", path: "profiles/coder.yaml",
            "schema: sheaf/profile/v1\ncolour: red\n"),
        file(
            "a reference to nothing", .malformedBundle, "missing-reference",
            path: "profiles/coder.yaml",
            "schema: sheaf/profile/v1\nprompts: { system: prompts/none.md }\n"),
        file(
            "a file of Git's own", .malformedBundle, ".gitignore", path: ".gitignore", "*.tmp\n"),
        file(
            "a text that is no text", .malformedBundle, "prompts/x.md:1:2: malformed_bundle",
            path: "prompts/x.md", "a\u{0}b\n"),
        file(
            "a directory that nobody knows", .unsupportedDeclaration, "unsupported-entry",
            path: "secrets/x.md", "x\n"),
        contents("a prompt that a profile names and is gone", .malformedBundle, "missing-reference")
        {
            try await $0.git.check("rm", "--quiet", "prompts/coder.md")
        },
        contents("no manifest", .malformedBundle, "bundle.yaml: malformed_bundle manifest-missing")
        {
            try await $0.git.check("rm", "--quiet", "bundle.yaml")
        },
        contents("the manifest of another bundle", .workspaceMismatch, "bundle 'others'") { clone in
            try clone.edit(
                "schema: sheaf/bundle/v1\nworkspace: acme\nbundle: others\ndescription: x\n",
                "bundle.yaml")
            try await clone.git.check("add", "bundle.yaml")
        },
        BadPush("a bad commit below a good one", .malformedBundle, "missing-reference") { clone in
            let two = try await clone.commit("two")
            try await clone.git.check("rm", "--quiet", "prompts/coder.md")
            let bad = try await clone.forge(
                like: two, tree: try await clone.git.text("write-tree"))
            let number = try #require(Int(try await clone.trailer("Bundle-Revision", two)))
            let good = try await clone.forge(like: two, parents: [bad]) {
                $0.replacing("Bundle-Revision: \(number)", with: "Bundle-Revision: \(number + 1)")
            }
            return ["\(good):\(revisions)"]
        },
    ]

    /// A secret that reaches an engine by a variable.
    static func declaration(_ name: String, variable: String) -> String {
        """
        schema: sheaf/declaration/v1
        kind: secret_ref
        ref: secret:\(name)/key
        purpose: says who asks
        expose: { env: \(variable) }

        """
    }

    static let plugin = """
        schema: sheaf/plugin/v1
        id: tickets
        version: 1.4.0
        package: pkg:npm/%40acme/tickets@1.4.0
        sha256: \(String(repeating: "0123456789abcdef", count: 4))

        """

    /// Contents that are wrong beside files which did not change.
    static let related = [
        file(
            "a profile that becomes its own ancestor", .invalidProfileSelector, "extends-cycle",
            path: "profiles/base.yaml", "schema: sheaf/profile/v1\nextends: child\n"),
        file(
            "a declaration that is no secret any more", .malformedBundle, "credential-not-secret",
            path: "policies/model-key.yaml",
            """
            schema: sheaf/declaration/v1
            kind: capability_grant
            ref: capability:browser
            purpose: x

            """),
        file(
            "a profile with two grants in one variable", .malformedBundle, "variable-taken",
            path: "profiles/child.yaml",
            "schema: sheaf/profile/v1\nextends: base\ngrants: [one, two]\n"),
        file(
            "a declaration that takes another's variable", .malformedBundle, "variable-taken",
            path: "policies/other.yaml", declaration("other", variable: "SHARED")),
        file(
            "a plugin that brings a variable that is taken", .malformedBundle, "variable-taken",
            path: "plugins/tickets.yaml", plugin + "grants: [two]\n"),
        file(
            "a parent that brings a variable that a child has", .malformedBundle, "variable-taken",
            path: "profiles/base.yaml", "schema: sheaf/profile/v1\nmodel: main\n"),
        file(
            "a name that is another's in other letters", .malformedBundle, "path-collision",
            path: "prompts/Coder.md", "x\n"),
    ]

    /// The newest release with something else in it.
    private static func release(
        _ description: String, _ code: SheafError.Code, _ text: String, revision: Int = 2,
        environment: [String: String] = [:],
        _ change: @escaping @Sendable (String) -> String
    ) -> BadPush {
        BadPush(description, code, text) { clone in
            for number in 2...revision {
                try await clone.commit("revision \(number)")
                let pushed = try await clone.push("HEAD")
                guard pushed.succeeded else { return [] }
                try await clone.desk.check(
                    "channel", "release", "support-agents@\(number)", "latest", "--reason",
                    "reviewed")
            }
            // The release is taken back, so that a forged one may take its place.
            try await clone.git.check("fetch", "--quiet", "origin")
            let right = try await clone.git.commit("origin/channels/support-agents/latest")
            try await clone.desk.git.check("update-ref", latest, "\(latest)^")
            let author = try await clone.git.text(
                "log", "-1", "--format=%an%n%ae%n%ad", "--date=raw", right
            ).split(separator: "\n").map(String.init)
            let identity = [
                "GIT_AUTHOR_NAME": author[0], "GIT_AUTHOR_EMAIL": author[1],
                "GIT_AUTHOR_DATE": author[2],
            ].merging(environment) { $1 }
            let forged = try await clone.forge(like: right, environment: identity, message: change)
            return ["\(forged):\(latest)"]
        }
    }

    /// Releases that are not what they say.
    static let releases = [
        release(
            "a sequence that was used", .releaseReplayed, "says that it is release 2", revision: 3
        ) {
            $0.replacing("Release-Sequence: 3", with: "Release-Sequence: 2")
        },
        release("a first release behind another", .historyRewritten, "has 1 parents") {
            $0.replacing("Release-Sequence: 2", with: "Release-Sequence: 1")
        },
        release("a sequence that does not follow", .historyRewritten, "says that it is release 3") {
            $0.replacing("Release-Sequence: 2", with: "Release-Sequence: 3")
        },
        release("another channel", .workspaceMismatch, "release of channel 'stable'") {
            $0.replacing("Release-Channel: latest", with: "Release-Channel: stable")
        },
        release("no reason", .provenanceInvalid, "'Release-Reason' is missing") {
            $0.replacing(/\nRelease-Reason: .*/, with: "")
        },
        release("a revision that is not there", .provenanceInvalid, "does not have") {
            $0.replacing(
                /Release-Revision-Commit: .*/,
                with: "Release-Revision-Commit: \(String(repeating: "1", count: 40))")
        },
        release("other trailers than the revision's", .provenanceInvalid, "other Bundle- trailers")
        {
            $0.replacing(/Bundle-Publisher: .*/, with: "Bundle-Publisher: other/1")
        },
        release(
            "another author than the revision's committer", .provenanceInvalid, "other author",
            environment: ["GIT_AUTHOR_NAME": "Eve"]
        ) { $0 },
        release(
            "another time than the revision's", .provenanceInvalid, "other author time",
            environment: ["GIT_AUTHOR_DATE": "1000000000 +0000"]
        ) { $0 },
        BadPush("another tree than the revision's", .provenanceInvalid, "other tree") { clone in
            try await clone.git.check("fetch", "--quiet", "origin")
            let right = try await clone.git.commit("origin/channels/support-agents/latest")
            let two = try await clone.commit("two")
            let tree = try await clone.git.text("rev-parse", "\(two)^{tree}")
            let forged = try await clone.forge(like: right, tree: tree, parents: [right]) {
                $0.replacing("Release-Sequence: 1", with: "Release-Sequence: 2")
            }
            return ["\(forged):\(latest)"]
        },
        BadPush("a revision on a channel", .provenanceInvalid, "'Release-Channel' is missing") {
            clone in
            ["--force", "\(try await clone.commit("two")):refs/heads/channels/support-agents/x"]
        },
        BadPush("a release of a revision that was not pushed", .provenanceInvalid, "does not have")
        { clone in
            try await clone.git.check("fetch", "--quiet", "origin")
            let right = try await clone.git.commit("origin/channels/support-agents/latest")
            let two = try await clone.commit("two")
            let digest = try await clone.trailer("Bundle-Digest", two)
            let source = try await clone.trailer("Bundle-Source", two)
            let forged = try await clone.forge(
                like: right, tree: "\(two)^{tree}", parents: [right]
            ) {
                $0.replacing("Release-Sequence: 1", with: "Release-Sequence: 2")
                    .replacing(
                        /Release-Revision-Commit: .*/, with: "Release-Revision-Commit: \(two)"
                    )
                    .replacing("Bundle-Revision: 1", with: "Bundle-Revision: 2")
                    .replacing(/Bundle-Digest: .*/, with: "Bundle-Digest: \(digest)")
                    .replacing(
                        /Bundle-Source: .*/,
                        with: "Bundle-Source: \(source)\nBundle-Source-State: modified")
            }
            return ["\(forged):\(latest)"]
        },
    ]
}
