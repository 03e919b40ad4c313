import Testing

@testable import BundleModel

@Suite("Host paths in values: P1, P3 and P4")
struct HostPathValueTests {
    static let refused: [(String, String)] = [
        // Sockets and pipes.
        ("path-socket", "socket: /var/run/docker.sock"), ("path-socket", "a: {s: run/worker.sock}"),
        ("path-socket", "s: worker.sock"), ("path-socket", "s: ./pods/x/sock"),
        ("path-socket", "listen: \"@acme-worker\""), ("path-socket", "listen: '@/acme/abstract'"),
        ("path-socket", #"pipe: \\.\pipe\worker"#), ("path-socket", #"pipe: '\\.\pipe\worker'"#),
        ("path-socket", #"pipe: "\\\\.\\pipe\\worker""#), ("path-socket", "pipe: //./pipe/worker"),
        ("path-socket", "cmd: run --socket=/var/run/x.sock"),
        ("path-url", "dbus: unix:path=/run/user/1000/bus"), ("path-url", "a: unix:abstract=x"),
        ("path-url", "a: unix:@x"), ("path-url", "a: UNIX:///tmp/a.sock"),
        ("path-url", "a: npipe:////./pipe/docker_engine"), ("path-url", "a: unix:/srv/a"),
        ("path-url", "a: http+unix://%2Fvar%2Frun%2Fdocker.sock/v1"),
        ("path-url", "a: file:///srv/git"), ("path-url", "a: file:/srv/git"),
        ("path-url", "a: FILE://localhost/srv/git"), ("path-url", "a: file:///C:/x"),
        ("path-url", "a: git+file:///srv/x.git"), ("path-url", "a: sqlite:////srv/x.db"),
        ("path-url", "a: jdbc:sqlite:/srv/x.db"),
        ("path-url", "a: vscode-remote://wsl+ubuntu/home/alice/src"),
        ("path-url", "a: vscode://file/Users/alice/x.md:3"),
        // Homes.
        ("path-home", "a: ~/.cache/x"), ("path-home", "a: '~/x'"), ("path-home", "a: ~alice/x"),
        ("path-home", "cwd: ~alice"), ("path-home", "a: ~alice"), ("path-home", "cwd: '~'"),
        ("path-home", "a: /home/alice"),
        ("path-home", "a: /Users/alice/x"), ("path-home", "a: /root/.config/x"),
        ("path-home", "run: tool --cwd /home/alice --port 1"),
        ("path-home", "env: [PATH=/home/alice/bin:/usr/bin]"),
        ("path-home", "args: [-I/home/alice/include]"),
        ("path-home", "a: \"\\x2fhome\\x2falice\""), ("path-home", "a: %2Fhome%2Falice%2Fx"),
        ("path-home", "a: !!binary L2hvbWUvYWxpY2UveA=="), ("path-home", "a: L2hvbWUvYWxpY2UveA=="),
        ("path-home", "\"/home/alice/x\": ro"), ("path-home", "a: b # from /home/alice/x"),
        ("path-home", "a: {b: [c, {d: /home/alice/x}]}"),
        ("path-home", "a: |\n  Read /home/alice/notes.md before\n  you answer the user.\n"),
        ("path-home", "a: \"/home/\\\n  alice/x\""),
        // Variables.
        ("path-variable", "a: $HOME"), ("path-variable", "a: ${HOME}/x"),
        ("path-variable", "a: ${HOME:-/x}/y"), ("path-variable", "a: ${env:HOME}/x"),
        ("path-variable", "a: ${XDG_CACHE_HOME}/x"), ("path-variable", "a: $XDG_RUNTIME_DIR/x"),
        ("path-variable", "a: $TMPDIR/x"), ("path-variable", "a: '%APPDATA%\\x'"),
        ("path-variable", "a: '%userprofile%'"), ("path-variable", "a: $env:LOCALAPPDATA\\x"),
        ("path-variable", "a: $ACME_CACHE_DIR/x"), ("path-variable", "args: [--dir, $HOME/x]"),
        // Drives, shares, devices.
        ("path-windows", #"a: C:\Users\alice"#), ("path-windows", "a: d:/work"),
        ("path-windows", #"a: \\files01\team\x"#), ("path-windows", #"a: \\?\C:\x"#),
        ("path-windows", "a: /c/Users/alice"), ("path-mount", "a: /mnt/c/Users/alice"),
        ("path-windows", #"{"a": "C:\\Program Files\\x"}"#), ("path-windows", #"a: 'D:\data\x'"#),
        ("path-windows", #"args: [--root, 'C:\']"#), ("path-windows", #"a: '\\wsl$\Ubuntu\home'"#),
        ("path-windows", #"a: '\\files01\c$\data'"#), ("path-socket", #"a: '\\.\pipe\docker'"#),
        // State, temporary files, caches, mounts.
        ("path-session", "a: .acme/sessions/foo.jsonl"),
        ("path-session", "a: .claude/projects/x/1.jsonl"),
        ("path-session", "pidfile: worker.pid"), ("path-session", "a: run/worker.pid"),
        ("path-session", "a: sessions/01JH2X4M9QK7Z3V8B5N6P0R1ST.jsonl"),
        ("path-session", "a: /var/lib/acme/sessions/01H/transcript.jsonl"),
        ("path-temporary", "a: /tmp/session-123"), ("path-temporary", "a: /run/acme/x"),
        ("path-temporary", "a: /private/var/folders/zz/T/x"),
        ("path-temporary", "a: /proc/self/fd/3"),
        ("path-temporary", "a: /proc/1234/environ"), ("path-temporary", "a: /dev/shm/x"),
        ("path-temporary", "a: /var/log/acme/runtime-7.log"),
        ("path-cache", "a: /var/cache/acme/x"),
        ("path-mount", "a: /media/alice/usb"), ("path-mount", "a: /Volumes/Backup"),
        ("path-mount", "a: /var/lib/docker/overlay2/abc/merged"),
        ("path-mount", "root: /workspace/.runtime/mounts/7"),
        // Any absolute path.
        ("path-absolute", "a: /usr/bin/env"), ("path-absolute", "a: /etc/acme/x.conf"),
        ("path-absolute", "a: /opt/models"), ("path-absolute", "a: /srv"),
        ("path-absolute", "command: [/usr/bin/tool, --verbose]"),
        ("path-absolute", "mounts:\n  - type=bind,src=/acme/models,dst=/models"),
        ("path-absolute", "args: docker run -v /a:/b image"),
        ("path-absolute", "volumes:\n  - hostPath: {path: /acme/x}"),
        ("path-absolute", "volumes:\n  - ./x:/app"), ("path-absolute", "cwd: /acme/checkout"),
        ("path-absolute", "args: [--cwd=/acme/x]"),
        ("path-absolute", "volumeMounts:\n  - mountPath: /data"),
        ("path-absolute", "a: /data/models/x.gguf"), ("path-absolute", "\"/opt/models\": ro"),
        ("path-absolute", "APP_DIR: /data/models"), ("path-absolute", "a: 設定：/etc/acme/x"),
        ("path-home", "a: 記録は/home/alice/xにある"),
        // Out of the bundle.
        ("path-escape", "a: ../x.md"), ("path-escape", "a: .."),
        ("path-escape", "a: prompts/../../x"),
        ("path-escape", #"a: 'prompts\..\..\x.md'"#), ("path-escape", #"a: ..\x"#),
        ("path-escape", "a: prompts/%2e%2e/%2E%2e/x.md"), ("path-escape", "a: %2e%2e%2fx"),
        ("path-escape", "a: a/%25%32e%25%32e/%25%32e%25%32e/x"),
        ("path-escape", "a: a/%252%65%252%65/%252%65%252%65/x"),
        ("path-escape", "a: a/%252e%252e/%252e%252e/x"), ("path-escape", "a: a/%c0%ae%c0%ae/../x"),
        ("path-escape", "a: a/..%5c..%5cx"), ("path-escape", "a: \"prompts/a.md\\0.txt\""),
        ("path-escape", "a: --config=../x.yaml"),
        ("path-escape", "a: file:../lib"), ("path-escape", "a: \"a/\\u002e\\u002e/../b\""),
    ]

    @Test("a value that describes one host, or leaves the bundle", arguments: refused)
    func refusal(rule: String, text: String) {
        #expect(PathFindings.yaml(text).contains(rule))
    }

    static let accepted: [String] = [
        "a: [./skills/x, prompts/a.md, a/../b.md]", "a: secrets/README.md",
        "a: templates/home/x.md",
        "a: [cache/x.md, tmp/x.md, run/README.md, var/run/x.md]", "a: プロンプト/システム.md",
        "a: プロンプト/home/案内.md", "a: メモ/etc/x.md", "allow: ['Read(/etc/**)', 'Read(~/.ssh/**)']",
        #"pattern: '\\d+\s'"#,
        "a: [src/**/*.ts, '**/*.sock', '*.pid', '!dist/**']", "a: [docs/home, etc/x]",
        "a: ^/api/[a-z]+/(run|tmp)/\\d+$", "pattern: /foo/i", "match: '^/home/[a-z]+/'",
        "pattern: '\\d+\\s\\w'", "sub: s/foo/bar/g", "sub: 's#/tmp/a#/b#'", "a: 's|/tmp|/x|'",
        "url: https://x.example/tmp/session-1", "a: https://x.example/home/alice/.ssh/id",
        "a: git@git.example.com:home/alice/x.git", "a: ssh://git@git.example.com/home/git/x.git",
        "a: 'see https://x.example/var/run/docker.sock, then /review'",
        "route: /v1/workers", "endpoint: /api/home", "a: /v1/workers/{id}", "a: /{tenant}/x",
        "http: {path: /users/42}", "paths:\n  /users/{id}:\n    get: x\n  /tmp/{id}: {}",
        "route: /home/feed", "routes: [/run/jobs, /media/all/x]", "path: /healthz", "path: /",
        "httpGet: {path: /tmp/x, port: 80}", "command: /review", "commands: [/plan, /compact]",
        "args: [GET, /v1/workers]", "a: GET /run/42", "a: text/markdown", "accept: '*/*'",
        "ref: refs/heads/home", "branch: feature/run-user-1000", "image: ghcr.io/acme/home/x:1",
        "a: '@scope/pkg'", "author: '@alice'", "a: '@/components/ui'", "a: github.com/x/y",
        "tz: America/Argentina/Buenos_Aires", "ref: mount:workspace", "ref: secret:a/b",
        "$ref: '#/components/schemas/Home'", "pointer: /paths/~1users/get", "xpath: //div[@id]/a",
        "xpath: //root/item", "date: 2026/01/02", "ratio: 24/7", "a: and/or", "unit: km/h",
        "cron: '*/5 * * * *'", "a: ~", "a: ~5", "version: ~> 2.0", "version: ~1.2.3",
        "description: Use and/or, and keep ~5 minutes for /tmp cleaning.",
        "description: Settings are in ~/.config/acme and logs in /var/log/syslog.",
        "description: 'Use the C: drive of the user'", "ratio: a:b", "a: \"x: y/z\"",
        "token: ${API_TOKEN}", "a: ${{ runner.temp }}", "env: [HOME, PATH]", "a: 50%",
        "format: '%Y/%m/%d'", "price: $5", "range: main..feature", "a: HEAD~1..HEAD", "a: 1..10",
        "a: repos/.../pulls", "a: v1.2...v1.3", "a: x%20y", "q: a%2Fb", "grid: 1 / 2 / 3",
        "a: example.com/x.sock", "os: unix", "a: unix", "a: file", "a: file:./packages/x",
        "expose: { at: checkout }", "a: 'sh -c \"x > /dev/null 2>&1\"'",
        "a: data:image/png;base64,AAAA/tmp/x",
        "a: sha256-L2hvbWUvYWxpY2UveA==", "topic: home/alice/light",
        "ignore: [/dist, /tmp, /build]",
        "a: |\n  #!/usr/bin/env bash\n  set -e; exec /bin/sh -c true > /dev/null\n",
    ]

    @Test("a value that any host could have", arguments: accepted)
    func acceptance(text: String) {
        #expect(PathFindings.yaml(text).isEmpty)
    }

    @Test("a reference may climb inside the bundle where it starts at its file")
    func depth() {
        let value = ReadValues.of("extends: ../base.json", .yaml).last
        #expect(value.map { HostPathScan(depth: 1).matches(in: $0).isEmpty } == true)
        #expect(value.map { HostPathScan(depth: 0).matches(in: $0).count } == 1)
    }

    @Test("a match has its offset and at most four characters of itself")
    func match() {
        let value = ReadValues.of("a: run --dir=/home/alice/x now", .yaml).last
        let matches = value.map { HostPathScan().matches(in: $0) } ?? []
        #expect(matches.map(\.offset) == [10])
        #expect(matches.map(\.excerpt) == ["/hom"])
    }
}
