import BundleModel
import Testing

@Suite("The location of a repository")
struct RepositoryLocationTests {
    struct Example: Sendable {
        let text: String
        let scheme: RepositoryLocation.Scheme
        var user: String?
        var host = ""
        var port: Int?
        let path: String
        var origin: String?
    }

    static let good: [Example] = [
        Example(text: "/srv/acme.git", scheme: .file, path: "/srv/acme.git"),
        Example(text: "/srv/a: b/{c}%41#", scheme: .file, path: "/srv/a: b/{c}%41#"),
        Example(text: "file:///srv/a%20b.git", scheme: .file, path: "/srv/a b.git"),
        Example(text: "file://localhost/srv", scheme: .file, path: "/srv"),
        Example(
            text: "https://Git.Example/acme.git", scheme: .https, host: "git.example",
            path: "/acme.git", origin: "https://git.example:443"),
        Example(
            text: "HTTPS://git.example:8443/a@b/acme%2egit", scheme: .https, host: "git.example",
            port: 8443, path: "/a@b/acme%2egit".replacing("@", with: "%40"),
            origin: "https://git.example:8443"),
        Example(
            text: "http://[2001:DB8::7]:7420/日本/acme.git", scheme: .http, host: "2001:db8::7",
            port: 7420, path: "/%E6%97%A5%E6%9C%AC/acme.git", origin: "http://[2001:db8::7]:7420"),
        Example(
            text: "ssh://git@git.example:2222/srv/a%20b.git", scheme: .ssh, user: "git",
            host: "git.example", port: 2222, path: "/srv/a b.git",
            origin: "ssh://git.example:2222"),
        Example(
            text: "ssh://git.example/~ada/acme.git", scheme: .ssh, host: "git.example",
            path: "~ada/acme.git", origin: "ssh://git.example:22"),
        Example(
            text: "git@git.example:acme/agents.git", scheme: .ssh, user: "git",
            host: "git.example", path: "acme/agents.git", origin: "ssh://git.example:22"),
        Example(
            text: "git@[::1]:/srv/acme.git", scheme: .ssh, user: "git", host: "::1",
            path: "/srv/acme.git", origin: "ssh://[::1]:22"),
        Example(
            text: "git.example:/srv/with space", scheme: .ssh, host: "git.example",
            path: "/srv/with space", origin: "ssh://git.example:22"),
        Example(
            text: "git://git.example/acme.git", scheme: .git, host: "git.example",
            path: "/acme.git", origin: "git://git.example:9418"),
    ]

    @Test("is read into its parts", arguments: good)
    func parts(_ example: Example) throws {
        let location = try RepositoryLocation(example.text)
        #expect(location.scheme == example.scheme)
        #expect(location.user == example.user)
        #expect(location.host == example.host)
        #expect(location.port == example.port)
        #expect(location.path == example.path)
        #expect(location.origin == example.origin)
        #expect(location.text == example.text && "\(location)" == example.text)
    }

    static let bad: [(String, String)] = [
        ("", "unsupported-repository"), ("acme.git", "unsupported-repository"),
        ("../acme.git", "unsupported-repository"), ("~/acme.git", "unsupported-repository"),
        ("ftp://git.example/acme", "unsupported-repository"),
        ("ext::sh -c true://", "unsupported-repository"),
        ("ext::sh -c true", "unsupported-repository"),
        ("C:/acme.git", "unsupported-repository"), ("c:acme", "unsupported-repository"),
        ("/srv/two\nlines", "invalid-path"), ("https://git.example/\u{202E}x", "invalid-path"),
        ("https://token@git.example/acme", "userinfo-in-url"),
        ("https://a:b@git.example/acme", "userinfo-in-url"),
        ("https://a%40b@git.example/acme", "userinfo-in-url"),
        ("git://a@git.example/acme", "userinfo-in-url"),
        ("ssh://git:hunter2@git.example/acme", "userinfo-in-url"),
        ("git:hunter2@git.example:acme", "userinfo-in-url"),
        ("-oProxyCommand=x@git.example:acme", "userinfo-in-url"),
        ("https://git.example/acme?token=x", "query-in-url"),
        ("https://git.example/acme#x", "query-in-url"),
        ("https://git.example?x/acme", "query-in-url"),
        ("https://git.example", "invalid-repository-path"),
        ("https://git.example/", "invalid-repository-path"),
        ("https:///acme", "invalid-repository-host"),
        ("https://-git.example/acme", "invalid-repository-host"),
        ("ssh://-oProxyCommand=x/acme", "invalid-repository-host"),
        ("https://git..example/acme", "invalid-repository-host"),
        ("https://git.example./acme", "invalid-repository-host"),
        ("https://git example/acme", "invalid-repository-host"),
        ("https://git.exämple/acme", "invalid-repository-host"),
        ("https://[::1/acme", "invalid-repository-host"),
        ("https://[::1%25eth0]/acme", "invalid-repository-host"),
        ("https://git.example:0/acme", "invalid-repository-port"),
        ("https://git.example:65536/acme", "invalid-repository-port"),
        ("https://git.example:+1/acme", "invalid-repository-port"),
        ("https://git.example:/acme", "invalid-repository-port"),
        ("https://git.example/../acme", "invalid-repository-path"),
        ("https://git.example/%2e%2E/acme", "invalid-repository-path"),
        ("https://git.example/a%2fb", "invalid-repository-path"),
        ("https://git.example/a%00b", "invalid-repository-path"),
        ("https://git.example/a%0ab", "invalid-repository-path"),
        ("https://git.example/a%5cb", "invalid-repository-path"),
        ("https://git.example/a\\b", "invalid-repository-path"),
        ("https://git.example/a%4", "invalid-repository-path"),
        ("https://git.example/a%ff", "invalid-repository-path"),
        ("https://git.example/a b", "invalid-repository-path"),
        ("https://git.example/{workspace}", "invalid-repository-path"),
        ("https://git.example/{{bundle}}", "invalid-repository-path"),
        ("git.example:-acme", "invalid-repository-path"),
        ("git.example:", "invalid-repository-path"),
        ("file://other.example/srv", "invalid-repository-host"),
        ("https://git.example/..\u{301}/../x", "unsupported-repository"),
        ("https://git.example/../\u{301}x", "unsupported-repository"),
        ("https://git.example/%2e%2e/%CC%81x", "invalid-repository-path"),
        ("https://git.example/" + String(repeating: "a", count: 2048), "unsupported-repository"),
    ]

    @Test("is refused by the rule that it breaks, without what it says", arguments: bad)
    func refused(_ text: String, _ rule: String) throws {
        let problem = try #require(throws: RepositoryLocationProblem.self) {
            try RepositoryLocation(text)
        }
        #expect(problem.rule == rule)
        #expect(!problem.message.contains("hunter2") && !problem.hint.contains("hunter2"))
    }

    @Test("with a placeholder it is that of each bundle, in a URL alone")
    func placeholder() throws {
        let bundle = try BundleID("support-agents")
        for (text, path) in [
            ("https://git.example/{bundle}.git", "/support-agents.git"),
            ("https://git.example/{bundle}/{bundle}", "/support-agents/support-agents"),
            ("git@git.example:acme/{bundle}.git", "acme/support-agents.git"),
            ("file:///srv/{bundle}", "/srv/support-agents"), ("/srv/{bundle}", "/srv/{bundle}"),
        ] {
            let location = try RepositoryLocation(text).of(bundle)
            #expect(location.path == path)
            #expect(location.text.contains("{bundle}") == text.hasPrefix("/"))
        }
    }

    @Test(
        "is this machine by its name or address alone, and in clear otherwise",
        arguments: [
            ("http://localhost/a", true), ("http://127.0.0.1/a", true),
            ("http://127.255.0.9:80/a", true), ("http://[::1]/a", true),
            ("http://127.0.0.1.example/a", false), ("http://127.1/a", false),
            ("http://0x7f.0.0.1/a", false), ("http://127.0.0.256/a", false),
            ("http://localhost.example/a", false), ("http://[::2]/a", false),
            ("git://10.0.0.1/a", false),
        ])
    func loopback(_ text: String, _ isLoopback: Bool) throws {
        let location = try RepositoryLocation(text)
        #expect(location.isLoopback == isLoopback)
        #expect(location.isInClear == !isLoopback)
        let secure = try RepositoryLocation("https://" + text.drop { $0 != ":" }.dropFirst(3))
        #expect(!secure.isInClear)
    }
}
