import Testing

@testable import BundleRepository

@Suite("The command line of a commit")
struct CommitCommandTests {
    @Test(
        "amending is told from everything that looks like it",
        arguments: [
            (["--amend"], true), (["--am"], true), (["-a", "--amen", "-m", "x"], true),
            (["-am", "x", "--amend"], true), (["-F", "x", "--amend"], true),
            (["-m", "--amend"], false), (["-am", "--amend"], false), (["--", "--amend"], false),
            (["--message", "--amend"], false), (["--message=--amend"], false), (["--a"], false),
            (["-mx", "--amend"], true), (["--author", "--amend"], false), ([], false),
        ])
    func amending(arguments: [String], isAmending: Bool) {
        #expect(CommitCommand(arguments: arguments).isAmending == isAmending)
    }

    @Test(
        "an editor is used unless the message is given, and where it is asked for",
        arguments: [
            ([], true), (["-a"], true), (["--amend"], true), (["-c", "HEAD"], true),
            (["-m", "x"], false), (["-mx"], false), (["-am", "x"], false), (["-F", "x"], false),
            (["--message=x"], false), (["-C", "HEAD"], false), (["--amend", "--no-edit"], false),
            (["-em", "x"], true), (["-m", "x", "--edit"], true), (["-e", "--no-ed"], false),
            (["--fixup", "HEAD"], false), (["--fixup=amend:HEAD"], true),
            (["--squash=HEAD"], true), (["--author", "-m"], true), (["--", "-m"], true),
            (["-S", "-v"], true), (["-SkeyId-m"], true),
        ])
    func editor(arguments: [String], isUsed: Bool) {
        #expect(CommitCommand(arguments: arguments).usesEditor == isUsed)
    }

    @Test("what is said of the clean-up is read")
    func cleanup() {
        let command = CommitCommand(arguments: ["--clean", "strip", "-qv", "--cleanup=scissors"])
        #expect(command.cleanup == "scissors")
        #expect(command.isVerbose == true)
        #expect(CommitCommand(arguments: ["--no-verbose"]).isVerbose == false)
        #expect(CommitCommand(arguments: ["-m", "-v"]).isVerbose == nil)
    }
}
