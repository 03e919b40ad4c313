import Testing

@testable import BundleModel

@Suite("Where a bundle comes from")
struct BundleSourceTests {
    /// A remote as Git has it, and the place that the trailer names; nil for the checkout's name.
    static let remotes: [(String?, String?)] = [
        (nil, nil),
        ("", nil),
        ("https://git.example/acme/config", "git+https://git.example/acme/config"),
        ("https://git.example/acme/config.git", "git+https://git.example/acme/config.git"),
        ("https://git.example/acme/config/", "git+https://git.example/acme/config/"),
        ("https://git.example", "git+https://git.example"),
        ("HTTPS://Git.Example/Acme", "git+https://git.example/Acme"),
        ("http://git.example:8080/acme", "git+http://git.example:8080/acme"),
        ("git://git.example/acme", "git+git://git.example/acme"),
        ("https://ada@git.example/acme", "git+https://git.example/acme"),
        ("https://ada:s3cret@git.example/acme", "git+https://git.example/acme"),
        ("https://ada:s3@cret@git.example/acme", "git+https://git.example/acme"),
        ("https://ghp_token:x-oauth-basic@git.example/acme", "git+https://git.example/acme"),
        ("https://git.example/acme?token=s3cret", "git+https://git.example/acme"),
        ("https://git.example/acme#s3cret", "git+https://git.example/acme"),
        ("https://git.example?token=s3cret", "git+https://git.example"),
        ("https://ada:s3/cret@git.example/acme", nil),
        ("https://ada:12/34@git.example/acme", nil),
        ("https://ada:s3#cret@git.example/acme", nil),
        ("https://ada:12?34@git.example/acme", nil),
        ("https://s3cret#@git.example/acme", nil),
        ("https://s3cret/x@git.example/acme", nil),
        ("https://git.example/@scope/acme", "git+https://git.example/%40scope/acme"),
        ("https://git.example:s3cret/acme", nil),
        ("https://git.example:/acme", nil),
        ("https://[2001:db8::1]/acme", "git+https://[2001:db8::1]/acme"),
        ("https://ada@[2001:DB8::1]:8443/acme", "git+https://[2001:db8::1]:8443/acme"),
        ("https://[2001:db8::1/acme", nil),
        ("https://2001:db8::1/acme", nil),
        ("https:///acme", nil),
        ("https://git_host.example/acme", "git+https://git_host.example/acme"),
        ("https://git example/acme", nil),
        ("https://git.example/a b", nil),
        ("https://git.example/a%20b", "git+https://git.example/a%20b"),
        ("https://git.example/a\tb", nil),
        ("https://git.example/a\nb", nil),
        ("https://git.example/日本", "git+https://git.example/%E6%97%A5%E6%9C%AC"),
        ("https://git.exämple/acme", nil),
        ("https://git.example/a(b)+c~d", "git+https://git.example/a%28b%29+c~d"),
        ("ssh://git@git.example/acme", "git+ssh://git.example/acme"),
        ("ssh://git@git.example:2222/acme", "git+ssh://git.example:2222/acme"),
        ("ssh://git.example/~ada/acme", "git+ssh://git.example/~ada/acme"),
        ("ssh://-oProxyCommand=x/acme", nil),
        ("git+ssh://git@git.example/acme", "git+ssh://git.example/acme"),
        ("ssh+git://git@git.example/acme", "git+ssh://git.example/acme"),
        ("git@git.example:acme/config.git", "git+ssh://git.example/acme/config.git"),
        ("git.example:acme/config.git", "git+ssh://git.example/acme/config.git"),
        ("git@git.example:/acme/config.git", "git+ssh://git.example/acme/config.git"),
        ("git@git.example:~ada/config.git", "git+ssh://git.example/~ada/config.git"),
        ("git@[2001:db8::1]:acme/config.git", "git+ssh://[2001:db8::1]/acme/config.git"),
        ("[2001:db8::1]:acme", "git+ssh://[2001:db8::1]/acme"),
        ("[git@git.example:2222]:acme", nil),
        ("git@-oProxyCommand=x:acme", nil),
        ("-oProxyCommand=x:acme", nil),
        ("git@git.example:s3cret@other", nil),
        ("git@git.example:", "git+ssh://git.example/"),
        ("ext::ssh%20-x", nil),
        ("codecommit::eu-west-1://config", nil),
        ("gcrypt::https://ada:s3cret@git.example/acme", nil),
        ("file:///srv/git/acme.git", nil),
        ("FILE:///srv/git/acme.git", nil),
        ("file://host/srv/git/acme.git", nil),
        ("/srv/git/acme.git", nil),
        ("/srv/git:old/acme.git", nil),
        ("./acme:old", nil),
        ("../acme", nil),
        ("~/acme", nil),
        ("acme", nil),
        ("acme.bundle", nil),
        ("C:\\Users\\ada\\acme", nil),
        ("C:/Users/ada/acme", nil),
        ("c:acme", nil),
        ("\\\\server\\share\\acme", nil),
        ("ftp://git.example/acme", nil),
        ("s3://bucket/acme", nil),
    ]

    private let commit = CommitID(Samples.commit)

    @Test(
        "a remote gives its place without userinfo, and a path of this host gives a name",
        arguments: remotes)
    func remote(remote: String?, place: String?) throws {
        let commit = try #require(commit)
        let source = BundleSource.git(
            remote: remote, name: "checkout", commit: commit, subdirectory: "agents/support")
        #expect(source.text == "\(place ?? "git:checkout")@\(Samples.commit)#agents/support")
        #expect(BundleSource(source.text) == source)
        #expect(source.isGit)
        let shown = source.text.replacing("@\(Samples.commit)", with: "")
        for secret in ["s3", "cret", "ada", "git@", "12", "34", "/srv", "Users", "token"]
        where remote?.contains(secret) == true && place?.contains(secret) != true {
            #expect(!shown.contains(secret), "\(shown)")
        }
    }

    @Test(
        "an accent that hides where a location is parted makes it none",
        arguments: [
            "https://user:12/pw@\u{301}git.example/a", "https:/\u{301}/git.example/a",
            "https://git.example/\u{301}a", "user@\u{301}git.example:a", "git.example:\u{301}a",
        ])
    func hidden(remote: String) throws {
        let commit = try #require(commit)
        let source = BundleSource.git(
            remote: remote, name: "a", commit: commit, subdirectory: "")
        #expect(source.text == "git:a@\(commit)")
    }

    @Test(
        "names of directories are encoded",
        arguments: [
            ("agents", "agents"), ("my agents", "my%20agents"), ("a%b", "a%25b"),
            ("エージェント", "%E3%82%A8%E3%83%BC%E3%82%B8%E3%82%A7%E3%83%B3%E3%83%88"),
            ("a@b#c:d", "a%40b%23c%3Ad"), ("a\nb", "a%0Ab"), ("..", ".."), ("a+b", "a%2Bb"),
            ("/", "%2F"), ("", "."), (String(repeating: "é", count: 127), nil),
        ] as [(String, String?)])
    func names(name: String, encoded: String?) throws {
        let commit = try #require(commit)
        let outside = BundleSource.directory(name: name)
        let inside = BundleSource.git(
            remote: nil, name: name, commit: commit, subdirectory: "sub/\(name)")
        if let encoded {
            #expect(outside.text == "directory:\(encoded)")
            let part = name == "/" ? "/" : name.isEmpty ? "" : encoded
            let place = "git:\(encoded)@\(commit)"
            #expect(inside.text == (name == ".." ? place : "\(place)#sub/\(part)"))
        }
        #expect(BundleSource(outside.text) == outside)
        #expect(BundleSource(inside.text) == inside)
        #expect(!outside.isGit)
    }

    @Test(
        "a subdirectory that does not stay below the top is left out",
        arguments: ["/", "/agents", "..", "a/../b", "../a"])
    func outside(subdirectory: String) throws {
        let commit = try #require(commit)
        let source = BundleSource.git(
            remote: nil, name: "a", commit: commit, subdirectory: subdirectory)
        #expect(source.text == "git:a@\(commit)")
        #expect(BundleSource(source.text) == source)
    }

    @Test("what is written can always be read, however long paths and remotes are")
    func long() throws {
        let commit = try #require(commit)
        let deep = (0..<16).map { _ in String(repeating: "日", count: 80) }.joined(separator: "/")
        for remote in [nil, "https://git.example/" + String(repeating: "x/", count: 4000)] {
            for subdirectory in ["", "agents", deep] {
                let source = BundleSource.git(
                    remote: remote, name: "checkout", commit: commit, subdirectory: subdirectory)
                #expect(BundleSource(source.text) == source)
                #expect(source.text.contains("@\(commit)"))
            }
        }
        let name = String(repeating: "日", count: 85)
        #expect(BundleSource(BundleSource.directory(name: name).text) != nil)
        #expect(BundleSource(BundleSource.directory(name: "").text) != nil)
    }
}
