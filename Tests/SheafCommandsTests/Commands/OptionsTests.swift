import BundleModel
import Testing

@testable import SheafCommands

@Suite("Options and their defaults")
struct OptionsTests {
    @Test("the default places follow XDG, and ignore what is not absolute")
    func locations() {
        let plain = DefaultLocations(environment: ["HOME": "/home/ada"])
        #expect(plain.repository == "/home/ada/.local/share/sheaf/repository.git")
        #expect(plain.store == "/home/ada/.local/state/sheaf/runtime")
        #expect(plain.copies == "/home/ada/.cache/sheaf/remotes")
        let given = DefaultLocations(environment: [
            "HOME": "/home/ada", "XDG_DATA_HOME": "/data", "XDG_STATE_HOME": "state",
        ])
        #expect(given.repository == "/data/sheaf/repository.git")
        #expect(given.store == "/home/ada/.local/state/sheaf/runtime")
        #expect(DefaultLocations(environment: ["SHEAF_STORE": ""]).variable("SHEAF_STORE") == nil)
    }

    @Test(
        "an id is made out of a name",
        arguments: [
            ("agents", "agents"), ("My Agents", "my-agents"), ("--Über uns!", "ber-uns"),
            ("v1.2_x", "v1-2-x"), ("日本", nil), ("12", nil), ("con", nil), ("", nil),
        ] as [(String, String?)])
    func suggestion(name: String, id: String?) {
        #expect(IdentifierArgument.suggestion(from: name, as: BundleID.self)?.rawValue == id)
    }

    @Test(
        "the format of a command line that cannot be parsed is found",
        arguments: [
            (["log", "--bogus"], OutputFormat.text), (["--format", "json"], .json),
            (["--format=json", "x"], .json), (["--format", "text"], .text), (["--format"], .text),
            (["--", "--format=json"], .text),
        ])
    func format(arguments: [String], format: OutputFormat) {
        #expect(OutputFormat(scanning: arguments) == format)
    }

    @Test(
        "what is meant as a directory is told from a reference",
        arguments: [
            ("./x", true), ("a/b", true), (".", true), ("..", true), ("x-y-z@1", false),
            ("no-such-directory", false),
        ])
    func operand(text: String, isDirectory: Bool) throws {
        if case .directory = try Operand(text) {
            #expect(isDirectory)
        } else {
            #expect(!isDirectory)
        }
    }
}
