import Foundation
import LibGit2
import Synchronization
import Testing

/// What peers do that are not there, stall, lie or die.
@Suite struct PeerTests {
    private struct Place {
        let folder: TemporaryFolder
        let receiver: RepositoryOwner

        init() throws {
            folder = try TemporaryFolder()
            receiver = try RepositoryOwner(creatingAt: folder("receiver.git"))
        }

        /// Fetches with this shell script in the place of git.
        func fetch(
            script: String, deadline: Duration = .seconds(60), maximumBytes: Int = 1 << 30,
            observer: TransferObserver? = nil,
            isCancelled: @escaping @Sendable () -> Bool = { false }
        ) async throws -> Result<FetchOutcome, TransportError> {
            try await folder.install("bin/git", "#!/bin/sh\n" + script + "\n")
            try FileManager.default.createDirectory(
                atPath: folder("sender"), withIntermediateDirectories: true)
            var request = FetchRequest(
                location: folder("sender"), refspecs: ["+refs/heads/main:refs/incoming/main"],
                deadline: deadline, maximumBytes: maximumBytes,
                searchPath: folder("bin") + ":/usr/bin:/bin")
            request.observer = observer
            return await receiver.fetch(request, isCancelled: isCancelled)
        }

        /// Whether the process whose number the script wrote to this file is gone; one that is not
        /// ours to reap may still be a zombie. A signal takes a moment, so this asks some times.
        func hasEnded(_ file: String = "pid", orIsZombie: Bool = false) async throws -> Bool {
            let text = try String(contentsOfFile: folder(file), encoding: .utf8)
            let number = text.trimmingCharacters(in: .whitespacesAndNewlines)
            for _ in 0..<50 {
                let output = try await Command.run(
                    "ps", ["-o", "state=", "-p", number], allowing: [0, 1])
                let state = String(decoding: output, as: UTF8.self)
                if state.isEmpty || orIsZombie && state.hasPrefix("Z") { return true }
            }
            return false
        }
    }

    private static func message(_ result: Result<FetchOutcome, TransportError>) -> String? {
        guard case .failure(.unavailable(let message)) = result else { return nil }
        return message
    }

    #if os(Linux)
        @Test("git may not take all memory of the host for a repository that somebody else wrote")
        func memory() async throws {
            let place = try Place()
            // The limit comes right behind the start.
            let script = """
                turn=0
                while [ "$(ulimit -d)" = unlimited ] && [ $turn -lt 5000 ]; do
                    turn=$((turn + 1))
                done
                ulimit -d > '\(place.folder("limit"))'
                """
            _ = try await place.fetch(script: script)
            let limit = try String(contentsOfFile: place.folder("limit"), encoding: .utf8)
            #expect(limit == "\(4 << 20)\n")
        }
    #endif

    @Test(
        "a path without a repository is unavailable, and stays unnamed",
        arguments: ["nothing", "empty", "empty and spaced"])
    func noRepository(_ name: String) async throws {
        let place = try Place()
        if name != "nothing" {
            try FileManager.default.createDirectory(
                atPath: place.folder(name), withIntermediateDirectories: true)
        }
        let result = await place.receiver.fetch(
            FetchRequest(
                location: place.folder(name), refspecs: ["+refs/heads/main:refs/x"],
                deadline: .seconds(60), maximumBytes: 1 << 20))
        let message = try #require(Self.message(result))
        #expect(!message.contains("/") || message.contains("(path)"))
        #expect(!message.contains(place.folder.path) && !message.contains("spaced"))
        #expect(message.count <= 200)
    }

    @Test("a path that is not absolute is refused", arguments: ["", "sender", "./x", "--help"])
    func relative(_ path: String) async throws {
        let place = try Place()
        let result = await place.receiver.fetch(
            FetchRequest(
                location: path, refspecs: ["+refs/heads/main:refs/x"], deadline: .seconds(60),
                maximumBytes: 1 << 20))
        #expect(Self.message(result) != nil)
    }

    @Test("without a git program that is what is lacking, and not the peer")
    func noProgram() async throws {
        let place = try Place()
        let result = await place.receiver.fetch(
            FetchRequest(
                location: place.folder.path, refspecs: ["+refs/heads/main:refs/x"],
                deadline: .seconds(60), maximumBytes: 1 << 20,
                searchPath: place.folder("nowhere")))
        #expect(throws: TransportError.lacking("git")) { try result.get() }
    }

    @Test("a peer's complaint is passed on in one line, without paths of its own")
    func complaint() async throws {
        let place = try Place()
        let script = #"""
            echo "warning: first" >&2
            printf 'fatal: \033[31mno\007 key in %s/sender or "/etc/secret/key": denied\nmore\n' \
                "$(dirname "$(dirname "$0")")" >&2
            exit 128
            """#
        let message = Self.message(try await place.fetch(script: script))
        #expect(
            message
                == "fatal: [31mno key in (path) or (path) denied")
    }

    @Test(
        "a peer that ends before its time is unavailable",
        arguments: [
            "exit 0", "exit 3", "kill -9 $$", "printf 00", "printf 0000", "printf '003d'",
            "printf '0008NAK\\n'", "exec 1>&-; exec 2>&-; sleep 1000",
        ])
    func endsEarly(_ script: String) async throws {
        let place = try Place()
        let result = try await place.fetch(script: "echo $$ > \"$(dirname $0)/../pid\"\n" + script)
        switch result {
        case .failure(.unavailable(let message)): #expect(!message.isEmpty)
        // A lone flush is a list without references.
        case .failure(.reference(missing: "refs/heads/main")): #expect(script == "printf 0000")
        default: Issue.record("\(result)")
        }
        #expect(try await place.hasEnded())
    }

    @Test(
        "a peer that breaks the protocol is unavailable",
        arguments: ["yes", "printf '0003'", "printf 'zzzz'", "printf '000aERR no\\n'; sleep 1000"])
    func garbage(_ script: String) async throws {
        let place = try Place()
        let result = try await place.fetch(script: script)
        #expect(Self.message(result) != nil, "\(result)")
    }

    @Test("a peer's refusal in the protocol is passed on")
    func refusal() async throws {
        let place = try Place()
        let message = Self.message(
            try await place.fetch(script: #"printf '0017ERR access \033denied\n'; sleep 1000"#))
        #expect(message?.contains("access denied") == true)
    }

    @Test("a peer that dies in the middle of the pack is unavailable, and nothing is kept")
    func diesInPack() async throws {
        let place = try Place()
        let git = try await Git.repository(at: place.folder("sender"))
        let noise = try Noise.bytes(2_000_000)
        try place.folder.write("sender/noise", noise)
        _ = try await git.commit("one")
        // The real program, cut off after half of what it has to say.
        let result = try await place.fetch(
            script: "PATH=/usr/bin:/bin; git \"$@\" | dd bs=4096 count=100 2>/dev/null")
        #expect(Self.message(result) != nil, "\(result)")
        #expect(try place.folder.names(in: "receiver.git/objects/pack").isEmpty)
        #expect(try await Git(folder: place.folder("receiver.git"))("for-each-ref") == "")
    }

    @Test("whoever watches a transfer is told how far it is, not often, and at last what came")
    func observed() async throws {
        let place = try Place()
        let git = try await Git.repository(at: place.folder("sender"))
        try place.folder.write("sender/noise", try Noise.bytes(2_000_000))
        for index in 0..<200 { try place.folder.write("sender/f\(index)", "\(index)") }
        _ = try await git.commit("one")
        let told = Mutex<[[Int]]>([])
        // The real program, with a rest in the middle of what it has to say.
        let outcome = try await place.fetch(
            script: """
                PATH=/usr/bin:/bin
                git "$@" | { dd bs=4096 count=100 2>/dev/null; sleep 0.3; cat; }
                """,
            observer: { objects, bytes in told.withLock { $0.append([objects, bytes]) } }
        ).get()
        let all = told.withLock { $0 }
        #expect(all.last == [outcome.receivedObjects, outcome.receivedBytes])
        #expect(outcome.receivedObjects == 203)
        for (one, next) in zip(all, all.dropFirst()) {
            #expect(one[0] <= next[0] && one[1] <= next[1], "\(all)")
        }
        #expect(all.contains { (100_000..<2_000_000).contains($0[1]) }, "\(all)")
        let tenths = await place.receiver.lastDuration / .milliseconds(100)
        #expect(Double(all.count) <= tenths + 2, "\(all.count) in \(tenths) tenths of a second")
    }

    @Test("damage on the way is found out, and nothing is kept")
    func damaged() async throws {
        let place = try Place()
        let git = try await Git.repository(at: place.folder("sender"))
        try place.folder.write("sender/file", String(repeating: "content ", count: 100))
        _ = try await git.commit("one")
        // One byte behind the pack's header: part of the first object.
        let filter =
            "while (sysread STDIN, $_, 65536) { s/(PACK.{12})./${1}x/s; syswrite STDOUT, $_ }"
        let result = try await place.fetch(
            script: "PATH=/usr/bin:/bin; git \"$@\" | perl -e '\(filter)'")
        #expect(Self.message(result) == "what it sent is damaged", "\(result)")
        #expect(try place.folder.names(in: "receiver.git/objects/pack").isEmpty)
    }

    @Test(
        "a peer that stalls is given up at the deadline and ended, with what it started",
        arguments: [
            "exec sleep 1000", "sleep 1000 & echo $! > \"$(dirname $0)/../child\"; wait",
            "trap '' TERM; sleep 1000 & echo $! > \"$(dirname $0)/../child\"; wait; wait",
            "exec 2>&-; sleep 1000", "printf '003d'; sleep 1000",
            "while :; do printf '0008NAK\\n'; sleep 0.01; done",
        ])
    func stalls(_ script: String) async throws {
        let place = try Place()
        let result = try await place.fetch(
            script: "echo $$ > \"$(dirname $0)/../pid\"\n" + script, deadline: .milliseconds(300))
        #expect(throws: TransportError.deadlineExceeded) { try result.get() }
        #expect(await place.receiver.lastDuration < .seconds(5))
        #expect(try await place.hasEnded())
        if FileManager.default.fileExists(atPath: place.folder("child")) {
            #expect(try await place.hasEnded("child", orIsZombie: true))
        }
    }

    @Test("a cancelled transfer ends within a second")
    func cancelled() async throws {
        let place = try Place()
        let pid = place.folder("pid")
        let result = try await place.fetch(
            script: "echo $$ > \"$(dirname $0)/../pid\"; exec sleep 1000",
            isCancelled: { FileManager.default.fileExists(atPath: pid) })
        #expect(throws: TransportError.cancelled) { try result.get() }
        #expect(await place.receiver.lastDuration < .seconds(5))
        #expect(try await place.hasEnded())
    }

    @Test("what was cancelled before it began starts nothing")
    func cancelledBefore() async throws {
        let place = try Place()
        let result = try await place.fetch(
            script: "echo $$ > \"$(dirname $0)/../pid\"", isCancelled: { true })
        #expect(throws: TransportError.cancelled) { try result.get() }
        #expect(!FileManager.default.fileExists(atPath: place.folder("pid")))
    }

    @Test("a peer that never stops listing references meets the limit in bytes")
    func floods() async throws {
        let place = try Place()
        let line = "003e" + String(repeating: "1", count: 40) + " refs/heads/flood"
        let result = try await place.fetch(
            script: "yes '\(line)'", deadline: .seconds(60), maximumBytes: 1_000_000)
        #expect(throws: TransportError.limitExceeded(bytes: 1_000_000)) { try result.get() }
    }

    @Test("a peer that never stops complaining meets the deadline")
    func floodsError() async throws {
        let place = try Place()
        let result = try await place.fetch(script: "yes >&2", deadline: .milliseconds(300))
        #expect(throws: TransportError.deadlineExceeded) { try result.get() }
    }

    @Test("a peer's process gets no environment but what it needs")
    func environment() async throws {
        let place = try Place()
        _ = try await place.fetch(script: "/usr/bin/env > \"$(dirname $0)/../env\"; exit 1")
        let text = try String(contentsOfFile: place.folder("env"), encoding: .utf8)
        let names = Set(text.split(separator: "\n").compactMap { $0.split(separator: "=").first })
        #expect(
            names.subtracting(["_", "PWD", "SHLVL", "OLDPWD"]) == [
                "PATH", "GIT_CONFIG_NOSYSTEM", "GIT_CONFIG_GLOBAL", "GIT_NO_REPLACE_OBJECTS",
                "GIT_NO_LAZY_FETCH", "LC_ALL", "GIT_CONFIG_COUNT", "GIT_CONFIG_KEY_0",
                "GIT_CONFIG_VALUE_0",
            ])
    }

    @Test(
        "a repository of another user is served when it is the one asked for",
        arguments: [true, false], [true, false])
    func otherOwner(isBare: Bool, isAskedFor: Bool) async throws {
        let place = try Place()
        let git = try await Git.repository(at: place.folder("origin"))
        _ = try await git.commit("one")
        let kind = isBare ? "--bare" : "--no-bare"
        try await git("clone", "-q", kind, place.folder("origin"), place.folder("sender"))
        // git's own way to test this: it takes every repository for another user's.
        let other = isAskedFor ? "" : "GIT_CONFIG_VALUE_0=\(place.folder("origin"))"
        let result = try await place.fetch(
            script: """
                exec env PATH=/usr/bin:/bin GIT_TEST_ASSUME_DIFFERENT_OWNER=1 \(other) git "$@"
                """)
        switch result {
        case .success: #expect(isAskedFor)
        case .failure(let error):
            #expect(!isAskedFor && "\(error)".contains("dubious ownership"), "\(error)")
        }
    }

    @Test("many transfers one after the other leave no descriptor open")
    func descriptors() async throws {
        let place = try Place()
        let git = try await Git.repository(at: place.folder("sender"))
        _ = try await git.commit("one")
        let request = FetchRequest(
            location: place.folder("sender"), refspecs: ["+refs/heads/main:refs/incoming/main"],
            deadline: .seconds(60), maximumBytes: 1 << 20)
        _ = try await place.receiver.fetch(request).get()
        for _ in 0..<20 { _ = try await place.receiver.fetch(request).get() }
        guard FileManager.default.fileExists(atPath: "/proc/self/fd") else { return }
        // Other tests run beside this one, so only a leak of every transfer shows for sure.
        let open = try Self.descriptors(below: place.folder(""))
        for _ in 0..<60 { _ = try await place.receiver.fetch(request).get() }
        #expect(try Self.descriptors(below: place.folder("")) - open < 60)
    }

    /// How many descriptors this process has of pipes, and of files below a folder.
    private static func descriptors(below folder: String) throws -> Int {
        let files = FileManager.default
        return try files.contentsOfDirectory(atPath: "/proc/self/fd").count { name in
            let target = try? files.destinationOfSymbolicLink(atPath: "/proc/self/fd/\(name)")
            return target.map { $0.hasPrefix("pipe:") || $0.hasPrefix(folder) } ?? false
        }
    }
}
