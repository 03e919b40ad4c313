import Foundation
import TestSupport
import Testing

@Suite("A repository at another place that refuses or fails")
struct RemoteRefusalTests {
    private static func error(_ output: ProgramOutput) throws -> JSONValue {
        try #require(try JSONValue(output.standardError)["error"], "\(output)")
    }

    @Test("a push gate at the other side is heard in our own words")
    func gate() async throws {
        let owner = try Desk(bundle: false)
        try await owner.check("init", "--workspace", "umbrella")
        let desk = try Desk().on("file://\(owner.repository.path(percentEncoded: false))")
        let output = try await desk.sheaf.run("publish", "agents", "--format", "json")
        #expect(output.status == 1, "\(output)")
        let error = try Self.error(output)
        #expect(error["code"]?.text == "workspace_mismatch", "\(error)")
        #expect(error["message"]?.text?.hasPrefix("the repository's push gate refuses: ") == true)
        #expect(try await owner.git.lines("for-each-ref").isEmpty)
    }

    @Test("its findings come with file, line, rule and advice")
    func findings() async throws {
        // What a gate writes for a push of plain Git is what a host sends back here.
        let clone = try await Clone.published()
        try await clone.commit("Look into /home/ada/notes, then /home/bo/more.", "--no-verify")
        try clone.edit("agents: [", "profiles/coder.yaml")
        try await clone.git.check("add", "--all")
        try await clone.git.check("commit", "--amend", "--quiet", "--no-edit", "--no-verify")
        _ = try await clone.sheaf("stamp")
        let pushed = try await clone.push("HEAD:refs/heads/bundles/support-agents")
        let words = pushed.errorText.split(separator: "\n").filter { $0.hasPrefix("remote: ") }
            .map { line in
                // Git fills up what it shows of the other side with blanks.
                line.dropFirst("remote: ".count).replacing(/\ +$/, with: "")
            }
        #expect(words.first?.hasPrefix("sheaf refuses this push") == true, "\(pushed)")
        let host = try await PlainHost()
        try clone.desk.home.write(words.joined(separator: "\n"), to: "words")
        let file = clone.desk.home.appending("words").path(percentEncoded: false)
        try host.hook("pre-receive", "cat '\(file)' >&2; exit 1")
        let desk = try Desk().on(host.url)
        let output = try await desk.sheaf.run("publish", "agents", "--format", "json")
        #expect(output.status == 1, "\(output)")
        let error = try Self.error(output)
        let code = try #require(error["code"]?.text)
        #expect(["forbidden_content", "malformed_bundle"].contains(code), "\(error)")
        let findings = try #require(error["findings"])
        let lines = words.filter { $0.contains(": forbidden_content ") }
        #expect(!lines.isEmpty && findings.count ?? 0 >= lines.count, "\(findings) \(words)")
        let first = try #require(findings[0])
        #expect(first["path"]?.text != nil && first["line"]?.number != nil, "\(first)")
        #expect(first["rule"]?.text != nil && first["hint"]?.text != nil, "\(first)")
        // As text it reads as a check here would.
        let text = try await desk.sheaf.run("publish", "agents")
        for line in lines { #expect(text.errorText.contains(line), "\(text)") }
    }

    @Test("a rule of the host's own is told in its words, without what could be a secret")
    func foreign() async throws {
        let host = try await PlainHost()
        let secret = "ghp_" + String(repeating: "a1B2", count: 9)
        try host.hook("pre-receive", "echo 'branch is protected \(secret)' >&2; exit 1")
        let desk = try Desk().on(host.url)
        let output = try await desk.sheaf.run("publish", "agents", "--format", "json")
        #expect(output.status == 3, "\(output)")
        let error = try Self.error(output)
        #expect(error["code"]?.text == "remote_unauthorized")
        #expect(error["details"]?["remote"]?.text?.contains("branch is protected") == true)
        #expect(!output.errorText.contains(secret))
    }

    @Test("a credential comes from where the user keeps it for Git, and goes nowhere else")
    func credential() async throws {
        let host = try await PlainHost()
        var options = GitWebServer.Options()
        let secret = "only-" + "for-this-test"
        options.credential = ("ada", secret)
        let server = try await GitWebServer(root: host.root.url, options)
        let desk = try Desk().on(server.url("acme.git"))
        let refused = try await desk.sheaf.run("publish", "agents")
        #expect(refused.status == 3, "\(refused)")
        #expect(refused.errorText.contains("(remote_unauthorized)"))
        #expect(refused.errorText.contains("git credential approve"))
        let askpass = try desk.script(
            "case \"$1\" in User*) echo ada ;; *) echo '\(secret)' ;; esac", "ask")
        let asked = desk.on(server.url("acme.git"), ["GIT_ASKPASS": askpass])
        try await asked.check("publish", "agents", "-m", "first")
        let configuration = try desk.home.write(
            """
            [credential]
                helper = "!f() { echo username=ada; echo password=\(secret); }; f"
            """, to: "git.conf")
        let helped = desk.on(
            server.url("acme.git"),
            ["GIT_CONFIG_GLOBAL": configuration.path(percentEncoded: false)])
        let log = try await helped.check("log", "support-agents")
        #expect(log.lines.count == 2)
        let copies = try Fixtures.files(below: desk.copies).filter {
            $0.bytes.firstRange(of: Array(secret.utf8)) != nil
        }
        #expect(copies.isEmpty)
        let wrong = try desk.script("echo wrong", "wrong")
        let other = desk.on(server.url("acme.git"), ["GIT_ASKPASS": wrong])
        let output = try await other.sheaf.run("log")
        #expect(output.status == 3 && output.errorText.contains("(remote_unauthorized)"))
    }

    @Test(
        "what is no repository, or does not answer, is said plainly",
        arguments: [
            ("https://ada:hunter2@git.example/acme.git", "invalid_request", 2),
            ("https://git.example/acme.git?token=hunter2", "invalid_request", 2),
            ("ext::sh -c hunter2", "invalid_request", 2),
            ("file:///nowhere/at/all.git", "remote_unavailable", 3),
            ("http://127.0.0.1:1/acme.git", "remote_unavailable", 3),
            ("git://127.0.0.1:1/acme.git", "remote_unavailable", 3),
            ("ssh://127.0.0.1:1/acme.git", "remote_unavailable", 3),
            ("http://git.invalid/acme.git", "remote_unavailable", 3),
        ])
    func unreachable(url: String, code: String, status: Int32) async throws {
        let desk = try Desk().on(url)
        for verb in [["publish", "agents"], ["log"], ["show", "support-agents@latest"]] {
            let output = try await desk.sheaf.run(verb)
            #expect(output.status == status, "\(verb) \(output)")
            #expect(output.errorText.contains("(\(code))"), "\(verb) \(output)")
            #expect(!output.errorText.contains("host policy"), "\(output)")
            #expect(!output.errorText.contains("hunter2"))
        }
    }

    @Test("a server that is not trusted is told from one that is away")
    func trust() async throws {
        let host = try await PlainHost()
        let folder = try TemporaryDirectory("sheaf-authority")
        let authority = try await CertificateAuthority(in: folder.url)
        var options = GitWebServer.Options()
        options.identity = try await authority.identity("server", names: "DNS:localhost")
        let server = try await GitWebServer(root: host.root.url, options)
        let url = server.url("acme.git", host: "localhost")
        let desk = try Desk()
        let strange = try await desk.on(url).sheaf.run("publish", "agents")
        #expect(strange.status == 3 && strange.errorText.contains("is not trusted"), "\(strange)")
        // Git's own setting is the one that counts.
        let trusted = desk.on(
            url, ["GIT_SSL_CAINFO": authority.certificate.path(percentEncoded: false)])
        try await trusted.check("publish", "agents", "-m", "first")
        #expect(try await host.tip("channels/support-agents/latest") != nil)
    }

    @Test("an SSH host that is not known is not trusted, and nobody is asked")
    func unknownHost() async throws {
        let host = try await PlainHost()
        let server = try await SecureShellServer()
        let key = server.clientKey.path(percentEncoded: false)
        let hosts = server.otherHosts.path(percentEncoded: false)
        for (options, code, words) in [
            ("-i '\(key)' -o UserKnownHostsFile=/dev/null", "remote_unavailable", "not trusted"),
            (
                "-i '\(key)' -o 'UserKnownHostsFile=\"\(hosts)\"'", "remote_unavailable",
                "not trusted"
            ),
            (
                "-i '\(server.otherKey.path(percentEncoded: false))' "
                    + "-o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null",
                "remote_unauthorized", "refuses the credentials"
            ),
        ] {
            let shell = "ssh -F none -o IdentitiesOnly=yes \(options)"
            let desk = try Desk().on(server.url(host.path), ["GIT_SSH_COMMAND": shell])
            let output = try await desk.sheaf.run("publish", "agents", "--timeout", "20")
            #expect(output.status == 3, "\(output)")
            #expect(output.errorText.contains("(\(code))"), "\(output)")
            #expect(output.errorText.contains(words), "\(output)")
        }
    }

    @Test("an invalid bundle is refused before anybody is asked anything")
    func invalid() async throws {
        let server = try ScriptedServer.http { _ in nil }
        let desk = try Desk().on("http://127.0.0.1:\(server.port)/acme.git")
        try desk.home.write("see /home/ada/notes\n", to: "agents/prompts/coder.md")
        let output = try await desk.sheaf.run("publish", "agents")
        #expect(output.status == 1 && output.errorText.contains("(forbidden_content)"))
        #expect(!FileManager.default.fileExists(atPath: desk.copies.path(percentEncoded: false)))
    }

    @Test("a redirect is not followed, nor is a busy server asked again")
    func answers() async throws {
        let answers = [
            ("302 Found\r\nLocation: http://127.0.0.1:1/other.git", "another address"),
            ("503 Later\r\nRetry-After: 17", "busy"), ("404 No", "no repository"),
        ]
        for (answer, words) in answers {
            let server = try ScriptedServer.http { _ in
                Array("HTTP/1.1 \(answer)\r\nContent-Length: 0\r\n\r\n".utf8)
            }
            let desk = try Desk().on("http://127.0.0.1:\(server.port)/acme.git")
            let output = try await desk.sheaf.run("log")
            #expect(output.status == 3, "\(output)")
            #expect(output.errorText.contains(words), "\(output)")
        }
    }
}
