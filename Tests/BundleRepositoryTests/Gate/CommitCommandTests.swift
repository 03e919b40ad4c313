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
}
