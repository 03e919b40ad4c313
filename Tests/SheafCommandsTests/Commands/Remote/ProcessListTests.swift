#if os(Linux)
    import Foundation
    import TestSupport
    import Testing

    @Suite("What a process list shows of a sync")
    struct ProcessListTests {
        /// Where the host policy says that the credential is, and the programs that a sync starts then.
        enum Source: String, CaseIterable, Sendable {
            case file, variable, helper, key

            var programs: Set<String> {
                switch self {
                case .file, .variable: []
                case .helper: ["git"]
                case .key: ["ssh"]
                }
            }
        }

        /// A host whose policy serves a repository that asks for the credential.
        private static func host(
            _ repository: String, _ options: String, _ environment: [String: String?]
        ) throws -> Desk {
            var desk = try Desk(bundle: false)
            try desk.home.write(
                """
                schema: sheaf/host-policy/v1
                workspaces:
                  acme:
                    repository: \(repository)
                    bundles: ["*"]
                    \(options)

                """, to: ".local/state/sheaf/runtime/host-policy.yaml")
            try desk.setPolicyMode(0o600)
            desk.sheaf = desk.sheaf.with(environment)
            return desk
        }

        @Test(
            "its credential is in no program's arguments and no program's environment",
            arguments: Source.allCases)
        func secrecy(_ source: Source) async throws {
            let publisher = try await Desk.published()
            let keys = try TemporaryDirectory()
            var secret = "s3cret-" + UUID().uuidString
            var options = GitWebServer.Options()
            options.credential = ("sheaf", secret)
            let programs = try WatchedPrograms()
            var environment: [String: String?] = ["PATH": programs.searchPath]
            let credential: String
            switch source {
            case .file:
                let file = try Self.kept(secret + "\n", in: keys)
                credential = "credential: { file: \"\(file)\" }"
            case .variable:
                environment["DESK_CREDENTIAL"] = secret
                credential = "credential: { env: DESK_CREDENTIAL }"
            case .helper:
                let answer = try Self.kept("username=sheaf\npassword=\(secret)\n", in: keys)
                let settings = try keys.write(
                    "[credential]\n    helper = \"!f() { cat '\(answer)'; }; f\"\n", to: "settings")
                environment["GIT_CONFIG_GLOBAL"] = settings.path(percentEncoded: false)
                credential = "credential: { helper: git }"
            case .key:
                credential = ""
            }
            let (web, shell): (GitWebServer?, SecureShellServer?)
            let desk: Desk
            if source == .key {
                let server = try await SecureShellServer()
                (web, shell) = (nil, server)
                let key = server.clientKey.path(percentEncoded: false)
                let lines = try String(contentsOfFile: key, encoding: .utf8).split(separator: "\n")
                secret = String(lines[2])
                // What another workspace's credential may be in.
                environment["DESK_CREDENTIAL"] = secret
                let hosts = server.knownHosts.path(percentEncoded: false)
                desk = try Self.host(
                    server.url(publisher.repository.path(percentEncoded: false)),
                    "credential: { file: \"\(key)\" }\n    knownHosts: \"\(hosts)\"", environment)
            } else {
                let root = publisher.home.appending(".local/share/sheaf")
                let server = try await GitWebServer(root: root, options)
                (web, shell) = (server, nil)
                desk = try Self.host(server.url("repository.git"), credential, environment)
            }
            let output = try await desk.sheaf.run("runtime", "sync", "support-agents@latest")
            // It was asked for, and sent.
            #expect(output.text.hasPrefix("accepted "), "\(output)")
            withExtendedLifetime((web, shell)) {}
            let records = try programs.records()
            let started = Set(
                records.compactMap { $0.split(separator: "\n").first.map(String.init) })
            #expect(started.isSuperset(of: source.programs), "\(started)")
            for record in records { #expect(!record.contains(secret), "\(record)") }
            #expect(records.allSatisfy { $0.contains("PATH=") }, "no environment was written down")
        }

        private static func kept(
            _ text: String, in folder: TemporaryDirectory
        ) throws -> String {
            let path = try folder.write(text, to: "kept").path(percentEncoded: false)
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
            return path
        }
    }
#endif
