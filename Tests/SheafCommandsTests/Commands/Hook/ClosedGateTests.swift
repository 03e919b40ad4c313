import Foundation
import TestSupport
import Testing

@Suite("A gate that cannot do its work")
struct ClosedGateTests {
    /// What is done to the hooks of the server, and whether the push can still be judged.
    struct Breakage: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let breaking: @Sendable (Desk) throws -> Void

        init(_ description: String, _ breaking: @escaping @Sendable (Desk) throws -> Void) {
            testDescription = description
            self.breaking = breaking
        }
    }

    private static func replace(_ hook: String, _ script: String) -> @Sendable (Desk) throws -> Void
    {
        { try $0.writeServer(script, "hooks/\(hook)", mode: 0o755) }
    }

    private static func remove(_ hook: String) -> @Sendable (Desk) throws -> Void {
        { try FileManager.default.removeItem(at: $0.repository.appending(path: "hooks/\(hook)")) }
    }

    private static func program(_ script: String?) -> @Sendable (Desk) throws -> Void {
        { desk in
            let program = desk.home.path + "/program"
            if let script {
                try desk.home.write(script, to: "program")
                try FileManager.default.setAttributes(
                    [.posixPermissions: 0o755], ofItemAtPath: program)
            }
            let file = desk.repository.appending(path: "hooks/pre-receive")
            let text = try String(contentsOf: file, encoding: .utf8)
                .replacing(/sheaf='.*'/, with: "sheaf='\(program)'")
            try desk.writeServer(text, "hooks/pre-receive", mode: 0o755)
        }
    }

    /// A hook that judges nothing, and leaves a receipt of a push that changes nothing.
    private static func receipt(ofProcess process: String) -> @Sendable (Desk) throws -> Void {
        replace(
            "pre-receive",
            """
            #!/bin/sh
            read -r old new name
            line="$old $old $name"
            packet=$(printf '%04x%s' $((${#line} + 4)) "$line")
            answer=$(printf '%04xok %s' $((${#name} + 8)) "$name")
            mkdir -p sheaf.verified
            printf '%s\\n%s\\n%s\\\\n0018option fall-through\\\\n0000\\n' "\(process)" "$packet" "$answer" \
                >"sheaf.verified/@receipt2.$PPID"

            """)
    }

    static let breakages = [
        Breakage("the hook is killed", replace("pre-receive", "#!/bin/sh\nkill -9 $$\n")),
        Breakage("the program is killed", program("#!/bin/sh\nkill -9 $$\n")),
        Breakage("the program crashes", program("#!/bin/sh\nkill -SEGV $$\n")),
        Breakage("the program is gone", program(nil)),
        Breakage("the hook has no interpreter", replace("pre-receive", "#!/nowhere/sh\n")),
        Breakage(
            "there is no memory to start the program in",
            program("#!/bin/sh\nulimit -v 20000\nexec \"$SHEAF_TESTED\" hook pre-receive\n")),
        Breakage("the guard is gone", remove("proc-receive")),
        Breakage("the guard is not executable") {
            try $0.setServerMode(0o644, "hooks/proc-receive")
        },
        Breakage("the guard is killed", replace("proc-receive", "#!/bin/sh\nkill -9 $$\n")),
        Breakage("the guard says nothing", replace("proc-receive", "#!/bin/sh\nexit 0\n")),
        Breakage("the receipt is one of another push", receipt(ofProcess: "")),
        Breakage(
            "the receipt is one of another push, of an earlier process of this number",
            receipt(ofProcess: "$(cat /proc/sys/kernel/random/boot_id)/1")),
        Breakage("all hooks are gone") {
            try FileManager.default.removeItem(at: $0.repository.appending(path: "hooks"))
        },
    ]

    @Test("a push is refused, even a good one", arguments: breakages)
    func closed(breakage: Breakage) async throws {
        let clone = try await Clone.published()
        try await clone.commit("two")
        try breakage.breaking(clone.desk)
        let before = try await clone.desk.git.lines("for-each-ref")
        let git = clone.git(environment: ["SHEAF_TESTED": clone.desk.sheaf.program.executable])
        let output = try await git.run(["push", "origin", "HEAD"])
        #expect(!output.succeeded, "\(output)")
        #expect(try await clone.desk.git.lines("for-each-ref") == before)
    }

    @Test(
        "without the first hook, which Git passes over in silence, the second one judges",
        arguments: [true, false])
    func guarded(isThere: Bool) async throws {
        let clone = try await Clone.published()
        if isThere {
            try clone.desk.setServerMode(0o644, "hooks/pre-receive")
        } else {
            try FileManager.default.removeItem(
                at: clone.desk.repository.appending(path: "hooks/pre-receive"))
        }
        let right = try await clone.commit("two")
        let bad = try await clone.forge(like: right) { _ in "by hand" }
        let refused = try await clone.push("\(bad):\(Desk.branch)", "HEAD:refs/heads/main")
        #expect(!refused.succeeded)
        #expect(refused.errorText.contains("provenance_invalid"), "\(refused)")
        #expect(refused.errorText.contains("invalid_request"), "\(refused)")
        #expect(try await clone.desk.git.lines("for-each-ref").count == 2)
        let taken = try await clone.push("\(right):\(Desk.branch)")
        #expect(taken.succeeded, "\(taken)")
    }

    @Test("a receipt that nobody used is in the way of no push")
    func stale() async throws {
        let clone = try await Clone.published()
        // As if an earlier push of the same process had left it, whatever its number.
        let file = clone.desk.repository.appending(path: "hooks/pre-receive")
        let text = try String(contentsOf: file, encoding: .utf8)
        let leaving = """
            #!/bin/sh
            mkdir -p sheaf.verified
            printf 'one\\ntwo\\n' >"sheaf.verified/@receipt2.$PPID"

            """
        try clone.desk.writeServer(
            text.replacing("#!/bin/sh\n", with: leaving), "hooks/pre-receive", mode: 0o755)
        try await clone.commit("two")
        let pushed = try await clone.push()
        #expect(pushed.succeeded, "\(pushed)")
        #expect(try Self.receipts(clone) == [0], "used ones are empty")
        try clone.desk.writeServer(text, "hooks/pre-receive", mode: 0o755)
        try await clone.commit("three")
        #expect(try await clone.push().succeeded)
        #expect(try Self.receipts(clone) == [0], "the next push removes them")
    }

    /// What the second hook can see of the process that runs it.
    enum Sight: CaseIterable {
        case thatItIsTheSame, nothing, thatThePushIsLong
    }

    @Test(
        "words are compared only where they may be others than those that were judged",
        .enabled(if: FileManager.default.fileExists(atPath: "/proc/self/stat")),
        arguments: Sight.allCases, [true, false])
    func compared(sight: Sight, canCompare: Bool) async throws {
        let clone = try await Clone.published()
        let file = clone.desk.repository.appending(path: "hooks/proc-receive")
        var text = try String(contentsOf: file, encoding: .utf8)
        switch sight {
        case .thatItIsTheSame: break
        case .nothing: text.replace("/proc/", with: "/nowhere/")
        case .thatThePushIsLong: text.replace("-le 4096", with: "-le 0")
        }
        try clone.desk.writeServer(text, "hooks/proc-receive", mode: 0o755)
        try await clone.commit("two")
        var environment: [String: String] = [:]
        if !canCompare {
            try clone.desk.home.write("#!/bin/sh\nexit 1\n", to: "broken/dd")
            let broken = clone.desk.home.appending("broken").path(percentEncoded: false)
            try FileManager.default.setAttributes(
                [.posixPermissions: 0o755], ofItemAtPath: broken + "/dd")
            let path = try #require(ProcessInfo.processInfo.environment["PATH"])
            environment["PATH"] = "\(broken):\(path)"
        }
        let pushed = try await clone.git(environment: environment).run(["push", "origin", "HEAD"])
        #expect(pushed.succeeded == (canCompare || sight == .thatItIsTheSame), "\(pushed)")
        #expect(try Self.receipts(clone) == [0])
    }

    /// The sizes of all receipts in the repository.
    private static func receipts(_ clone: Clone) throws -> [Int] {
        let folder = clone.desk.repository.path + "/sheaf.verified"
        return try FileManager.default.contentsOfDirectory(atPath: folder)
            .filter { $0.hasPrefix("@receipt2.") }
            .map { try Data(contentsOf: URL(filePath: "\(folder)/\($0)")).count }
    }

    @Test("a deadline that is no number of seconds refuses every push")
    func configured() async throws {
        let clone = try await Clone.published()
        try await clone.commit("two")
        try await clone.desk.git.check("config", "sheaf.hookDeadline", "soon")
        let refused = try await clone.push()
        #expect(!refused.succeeded)
        #expect(refused.errorText.contains("sheaf.hookDeadline"), "\(refused)")
        try await clone.desk.git.check("config", "sheaf.hookDeadline", "600")
        #expect(try await clone.push().succeeded)
    }

    @Test("a check that takes too long ends with a refusal", arguments: [true, false])
    func deadline(isConfigured: Bool) async throws {
        let desk = try await Desk.published()
        if isConfigured { try await desk.git.check("config", "sheaf.hookDeadline", "0.2") }
        let pipe = desk.home.path + "/pipe"
        let bash = Program("bash", environment: TestEnvironment.base, directory: desk.repository)
        // Nobody ever writes to the pipe, so only the deadline can end the hook.
        let output = try await bash.run([
            "-c",
            """
            mkfifo '\(pipe)'; exec 3<>'\(pipe)'
            '\(desk.sheaf.program.executable)' hook pre-receive \(isConfigured ? "" : "--deadline 0.2") <&3
            """,
        ])
        #expect(output.status == 3, "\(output)")
        #expect(output.errorText.contains("deadline_exceeded"), "\(output)")
    }

    @Test(
        "what is not Git's own words is refused",
        arguments: ["", "x\n", "\n\n", String(repeating: "0", count: 40) + " x refs/heads/x\n"])
    func input(text: String) async throws {
        let desk = try await Desk.published()
        let sheaf = desk.sheaf.running(in: desk.repository)
        for hook in ["pre-receive", "proc-receive"] {
            let output = try await sheaf.run(["hook", hook], input: Array(text.utf8))
            #expect(!output.succeeded, "\(output)")
            #expect(output.errorText.contains("invalid_request"), "\(output)")
        }
    }
}
