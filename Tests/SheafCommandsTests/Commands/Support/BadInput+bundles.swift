import BundleModel
import Foundation
import TestSupport

extension BadInput {
    /// Bundles that are not published.
    static let bundles = [
        BadInput("a missing key", .malformedBundle, "bundle.yaml:1:1", "publish", "agents") {
            try $0.home.write(
                "schema: sheaf/bundle/v1\nworkspace: acme\n", to: "agents/bundle.yaml")
        },
        BadInput("YAML that ends too early", .malformedBundle, "bundle.yaml:", "publish", "agents")
        {
            try $0.home.write("schema: [\n", to: "agents/bundle.yaml")
        },
        BadInput("no bundle.yaml", .malformedBundle, "manifest-missing", "publish", "agents") {
            try FileManager.default.removeItem(at: $0.home.appending("agents/bundle.yaml"))
        },
        BadInput("a symbolic link", .malformedBundle, "symbolic-link", "publish", "agents") {
            try FileManager.default.createSymbolicLink(
                atPath: $0.home.path + "/agents/README.md", withDestinationPath: "bundle.yaml")
        },
        BadInput(
            "a symbolic link, when asked for the digest", .malformedBundle, "symbolic-link",
            "digest", "agents"
        ) {
            try FileManager.default.createSymbolicLink(
                atPath: $0.home.path + "/agents/README.md", withDestinationPath: "bundle.yaml")
        },
        BadInput(
            "an unknown key", .unsupportedDeclaration, "profiles/coder.yaml:2:1", "publish",
            "agents"
        ) {
            try $0.home.write(
                "schema: sheaf/profile/v1\ncolour: red\n", to: "agents/profiles/coder.yaml")
        },
        BadInput(
            "an unknown top-level entry", .unsupportedDeclaration, "scripts/run.sh", "publish",
            "agents"
        ) {
            try $0.home.write("exit\n", to: "agents/scripts/run.sh")
        },
        BadInput(
            "a literal where a reference belongs", .forbiddenContent, "policies/token.yaml:3",
            "publish", "agents"
        ) {
            try $0.home.write(
                """
                schema: sheaf/declaration/v1
                kind: secret_ref
                ref: hunter2hunter2
                required: true

                """, to: "agents/policies/token.yaml")
        },
        BadInput(
            "a parent profile that is not there", .invalidProfileSelector,
            "profiles/coder.yaml:2", "publish", "agents"
        ) {
            try $0.home.write(
                "schema: sheaf/profile/v1\nextends: nobody\n", to: "agents/profiles/coder.yaml")
        },
        BadInput("a file over 8 MiB", .limitExceeded, "assets/large.bin", "publish", "agents") {
            try $0.home.write(
                [UInt8](repeating: 0x41, count: (8 << 20) + 1), to: "agents/assets/large.bin")
        },
        BadInput(
            "a file over 8 MiB, when asked for the digest", .limitExceeded, "assets/large.bin",
            "digest", "agents"
        ) {
            try $0.home.write(
                [UInt8](repeating: 0x41, count: (8 << 20) + 1), to: "agents/assets/large.bin")
        },
        BadInput("no such directory", .notFound, "nowhere", "publish", "nowhere"),
        BadInput("no agent to import", .notFound, "no agent", "new", "x", "--import", "agents"),
        BadInput("nothing to import", .notFound, "nowhere", "new", "x", "--import", "nowhere"),
        BadInput("a directory that is in use", .conflict, "not empty", "new", "agents"),
        BadInput("a directory without a usable name", .invalidRequest, "--bundle", "new", "日本"),
        BadInput(
            "a directory below a file", .ioError, "cannot be written", "new",
            "agents/bundle.yaml/x"),
    ]
}
