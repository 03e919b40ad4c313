import Foundation
import TestSupport
import Testing

@testable import BundleRepository

@Suite("The scripts of the hooks")
struct HookScriptTests {
    @Test("what is installed is what stands in hooks/", arguments: HookScript.allCases)
    func embedded(hook: HookScript) throws {
        let file = Fixtures.packageRoot.appending(path: "hooks/\(hook.rawValue)")
        #expect(try String(contentsOf: file, encoding: .utf8) == hook.text())
        #expect(FileManager.default.isExecutableFile(atPath: file.path(percentEncoded: false)))
    }

    @Test("hooks/ holds nothing else")
    func complete() throws {
        let names = try FileManager.default.contentsOfDirectory(
            atPath: Fixtures.packageRoot.appending(path: "hooks").path(percentEncoded: false))
        #expect(Set(names) == Set(HookScript.allCases.map(\.rawValue)))
    }

    @Test(
        "a program's path is one word of the shell, whatever it holds",
        arguments: ["plain", "with space", "it's", #"$HOME"x`y`"#, "-n", "a;b"])
    func quoting(name: String) async throws {
        let directory = try TemporaryDirectory()
        let program = try directory.write("#!/bin/sh\necho \"$@\"\n", to: name)
        let path = program.path(percentEncoded: false)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
        try directory.write(HookScript.preCommit.text(program: path), to: "hook")
        let output = try await Shell.run("sh ./hook", in: directory.url)
        #expect(output == "hook pre-commit")
    }

    @Test("every script is one of POSIX sh", arguments: HookScript.allCases)
    func syntax(hook: HookScript) async throws {
        let directory = try TemporaryDirectory()
        try directory.write(hook.text(program: "/x"), to: "hook")
        try await Shell.run("sh -n ./hook", in: directory.url)
    }
}
