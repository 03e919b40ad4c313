import Testing

@testable import BundleModel

@Suite("Host paths in prose, code and comments: P2")
struct HostPathProseTests {
    static let refused: [(String, String)] = [
        ("path-home", "Read /home/alice/notes.md before you answer."),
        ("path-home", "Your home is `/home/alice`."), ("path-home", "see(/Users/alice/x)"),
        ("path-home", "open('/root/.config/x')"), ("path-home", "cat ~/.ssh/id_ed25519"),
        ("path-home", "Look into ~/.cache/huggingface/hub."), ("path-home", "cd ~alice/work/src"),
        ("path-home", "It is in ~/Library/Caches/acme."), ("path-home", "Read ~/notes.md first."),
        ("path-home", "du -sh $HOME/.cache/acme"), ("path-home", "cp x ${HOME}/work/plans/a"),
        ("path-home", "日本語/home/alice/x"), ("path-home", "<code>/home/alice/x</code>"),
        ("path-home", "x >/home/alice/log"), ("path-home", "https://a.example and /home/alice/x"),
        ("path-home", "see %2Fhome%2Falice%2Fx"), ("path-windows", #"in C:\Users\alice\log.txt"#),
        ("path-windows", #"x = "C:\\Users\\alice\\x""#),
        ("path-windows", #"C:/ProgramData/acme/x"#),
        ("path-windows", #"on \\nas-01\team\x"#),
        ("path-socket", #"The pipe \\.\pipe\docker_engine"#),
        ("path-socket", "Talk to the worker through pods/foo/sock."),
        ("path-socket", "nc -U /var/run/docker.sock"), ("path-socket", "use run/agent.sock"),
        ("path-socket", "mkfifo /srv/worker-in"),
        ("path-url", "DOCKER_HOST=unix:///var/run/docker.sock"),
        ("path-url", "open file:///home/alice/x.md"),
        ("path-url", "npipe:////./pipe/docker_engine"),
        ("path-session", "Continue .acme/sessions/01H.jsonl now."),
        ("path-session", "tail ~/.claude/projects/x/1.jsonl"),
        ("path-session", "in /var/lib/kubelet/pods/1/x"), ("path-session", "kill $(cat run/a.pid)"),
        ("path-temporary", "Write to /tmp/agent/state.json."),
        ("path-temporary", "cat /proc/self/environ"),
        ("path-temporary", "state is in /run/acme/x"),
        ("path-temporary", "cd /private/var/folders/zz/T/x"),
        ("path-temporary", "tail /var/log/acme/runtime-7.log"),
        ("path-temporary", "rm /tmp/session-123"), ("path-temporary", "x > /tmp/out.txt"),
        ("path-cache", "in /var/cache/acme/objects"), ("path-mount", "under /mnt/data/sets"),
        ("path-mount", "in /Volumes/Backup/x"),
        ("path-mount", "/var/lib/docker/overlay2/abc/merged"),
        ("path-mount", "/media/alice/usb/work"), ("path-variable", "ls $XDG_CACHE_HOME/acme"),
        ("path-variable", #"del %LOCALAPPDATA%\acme\x"#),
    ]

    @Test("a path that identifies one host", arguments: refused)
    func refusal(rule: String, text: String) {
        #expect(PathFindings.prose(text).contains(rule))
    }

    static let accepted: [String] = [
        "#!/usr/bin/env python3", "Run /bin/sh -c x > /dev/null",
        "see /etc/timezone and /etc/hosts",
        "Call GET /v1/workers and POST /v1/workers/{id}/stop.",
        "| /api/home | GET |\n| /tmp-links | GET |",
        "GET /run/42", "| /media/home/x | GET |", "https://example.com/var/run/docker.sock.html",
        "[x](https://x.example/home/alice/y)",
        "Your files are in /home/<user>/x and /Users/{name}/x.",
        "/home/$USER/x", "/home/username/x", "/path/to/x", "a ~ b, ~5, ~/2 and ~10/s",
        "Use and/or, he/she, I/O, TCP/IP, 24/7, km/h, w/o.", "コミット/プッシュ、必要なら／で",
        "--- a/prompts/x.md\n+++ b/prompts/x.md", "/review, /plan and /compact", "in /tmp.",
        "/run the tests",
        "~/.config/acme, ~/.bashrc, ~/.claude/agents/x.md, ~/.gitconfig", "~/.ssh/config, ~/.ssh/",
        "export PATH=\"$HOME/.local/bin:$PATH\"", "~/.claude/teams/{team-name}/config.json",
        #"%APPDATA%\Microsoft\Windows\Start Menu"#, #"C:\Windows\System32 and C:\path\to\x"#,
        #"C:\Users\<user>\x or C:\Users\Public\x"#, "mktemp -d /tmp/build.XXXXXX",
        "rm -rf /var/cache/apt/*",
        "dd if=/dev/mtd0 of=/tmp/firmware.bin\nfile /tmp/firmware.bin",
        "/proc/cpuinfo",
        "/var/log/syslog, /var/log/nginx/error.log", "/var/lib/dpkg/status",
        "mounting docker.sock is dangerous",
        "ignore **/*.sock", "process.pid and socket.sock", "file:///path/to/file", "/etc/passwd",
        "{{/home}} <base>/tmp/x ${ROOT}/tmp/x a/tmp/x", "s/\\/home\\/alice/x/",
        "\\begin{x}\\\\hline\\foo",
        "@alice and @scope/pkg", "../policies/x.cedar", "[Home](/home/index.html)",
        "/home/dashboard",
        "from '@/home/x'", "HEAD~1/x", "$5/month and 50%/year", "~/Downloads and ~/projects/my-app",
    ]

    @Test("a path that every host has, and what is no path", arguments: accepted)
    func acceptance(text: String) {
        #expect(PathFindings.prose(text).isEmpty)
    }

    @Test("bytes of an image that look like a path are none, a path among bytes is one")
    func binary() {
        let noise: [[UInt8]] = [
            [0x20, 0x7E, 0x2F, 0xC8, 0x61, 0x2F, 0x62, 0x20],
            [0x9C, 0x20, 0x7E, 0x5C, 0x41, 0x5C, 0x62, 0x20],
            [0x01, 0x02, 0x20] + Array("~/a/b".utf8) + [0x00],
        ]
        for bytes in noise { #expect(HostPathScan().matches(inProse: bytes.span).isEmpty) }
        let path = [0x00, 0xFF] + Array(" /home/alice/notes.md".utf8) + [0x00]
        #expect(HostPathScan().matches(inProse: path.span).map(\.rule) == ["path-home"])
        #expect(PathFindings.prose("~/a/b") == ["path-home"])
    }
}
