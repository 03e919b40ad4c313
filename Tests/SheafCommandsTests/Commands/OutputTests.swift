import Foundation
import TestSupport
import Testing

@testable import SheafCommands

@Suite("What is written where")
struct OutputTests {
    @Test("--version is one line, and touches nothing")
    func version() async throws {
        let desk = try Desk(bundle: false)
        let output = try await desk.check("--version")
        #expect(output.text == "\(SheafCommand.version)\n")
        #expect(output.errorText == "")
        #expect(try await desk.check("log", "--version").text == output.text)
        #expect(try desk.snapshot().isEmpty)
    }

    @Test("results go to standard output and notes to standard error")
    func streams() async throws {
        let desk = try Desk()
        let text = try await desk.check("publish", "agents")
        #expect(text.text.hasPrefix("published "))
        #expect(text.errorText.split(separator: "\n").allSatisfy { $0.hasPrefix("note: ") })
        let left = try desk.home.write("x", to: "agents/.DS_Store")
        #expect(left.lastPathComponent == ".DS_Store")
        let check = try await desk.check("check", "agents")
        #expect(check.text.contains("left out: .DS_Store (left by the desktop)"))
        #expect(check.errorText == "")
    }

    @Test("nothing is coloured into a file or pipe")
    func noColour() async throws {
        let desk = try await Desk.published()
        for arguments in [["log"], ["show", "support-agents"], ["verify", "support-agents"]] {
            let output = try await desk.sheaf.run(arguments)
            #expect(!output.standardOutput.contains(0x1B))
        }
        let error = try await desk.sheaf.run("log", "others")
        #expect(!error.standardError.contains(0x1B))
    }

    #if os(Linux)
        @Test(
            "a terminal gets colour, unless NO_COLOR says otherwise",
            .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/script")),
            arguments: [(nil, true), ("1", false), ("", true)] as [(String?, Bool)])
        func terminal(noColour: String?, isColoured: Bool) async throws {
            let desk = try await Desk.published()
            var script = desk.sheaf.with(["NO_COLOR": noColour, "TERM": "xterm"]).program
            let command = "\(script.executable) log"
            script.executable = "/usr/bin/script"
            let output = try await script.run(["-qec", command, "/dev/null"])
            #expect(output.text.contains("support-agents"), "\(output)")
            #expect(output.standardOutput.contains(0x1B) == isColoured)
        }
    #endif

    @Test(
        "how far a sync is shows on a terminal alone, and not beside JSON",
        arguments: ["text", "json"])
    func progress(format: String) async throws {
        let desk = try await Desk.published()
        let words = ["runtime", "sync", "support-agents@latest", "--format", format]
        let piped = try await desk.sheaf.run(words)
        #expect(piped.status == 0 && !piped.errorText.contains("fetching"), "\(piped)")
        #if os(Linux)
            guard FileManager.default.isExecutableFile(atPath: "/usr/bin/script") else { return }
            var script = desk.sheaf.with(["NO_COLOR": "1", "TERM": "xterm"]).program
            let command = "\(script.executable) \(words.joined(separator: " "))"
            script.executable = "/usr/bin/script"
            let shown = try await script.run(["-qec", command, "/dev/null"]).text
            let line = /fetching and verifying support-agents@latest: 0 objects, [0-9]+ bytes …/
            #expect(shown.contains(line) == (format == "text"), "\(shown)")
            #expect(shown.contains("unchanged"))
        #endif
    }

    @Test("a file's change cannot steer the terminal it is shown on")
    func safeText() {
        #expect(TextStyle.safe("a\u{1B}[2Jb\tc\nd\u{202E}e") == "a\\u{1b}[2Jb\tc\nd\\u{202e}e")
    }

    #if os(Linux)
        @Test("a full disk under standard output is an error of the environment")
        func fullDisk() async throws {
            let desk = try await Desk.published()
            let output = try await shell(desk, "\"$0\" log > /dev/full")
            #expect(output.status == 3)
            #expect(output.errorText.contains("(io_error)"))
        }
    #endif

    @Test("a reader that goes away ends the program as it ends other filters")
    func brokenPipe() async throws {
        let desk = try await Desk.published()
        // A pipe that had a reader once, and has none when the program writes.
        let output = try await shell(
            desk,
            "mkfifo pipe; (: < pipe) & exec 3> pipe; wait; \"$0\" log >&3; echo status $? >&2")
        #expect(output.errorText == "status 141\n")
    }

    @Test("completion scripts are written for every shell", arguments: ["bash", "zsh", "fish"])
    func completion(shell: String) async throws {
        let desk = try Desk(bundle: false)
        let output = try await desk.check("--generate-completion-script", shell)
        #expect(output.text.contains("publish"))
    }

    private func shell(_ desk: Desk, _ script: String) async throws -> ProgramOutput {
        var program = desk.sheaf.program
        let tool = program.executable
        program.executable = "/bin/sh"
        return try await program.run(["-c", script, tool])
    }
}
