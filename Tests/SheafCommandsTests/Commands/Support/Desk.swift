import Foundation
import TestSupport

/// Somebody's home directory with a bundle in it, and the `sheaf` that this run built.
struct Desk: Sendable {
    let home: TemporaryDirectory
    var sheaf: CommandLineTool

    /// A home with a valid bundle, `agents`, that nobody published yet.
    init(bundle: Bool = true) throws {
        home = try TemporaryDirectory("sheaf-desk")
        sheaf = try CommandLineTool(home: home.url)
        if bundle { try writeBundle() }
    }

    /// A home whose bundle was published once.
    static func published() async throws -> Desk {
        let desk = try Desk()
        try await desk.check("publish", "agents", "-m", "first")
        return desk
    }

    /// The default repository.
    var repository: URL { home.appending(".local/share/sheaf/repository.git") }
    /// The default store of the runtime.
    var store: URL { home.appending(".local/state/sheaf/runtime") }
    /// The default host policy.
    var policy: URL { store.appending(path: "host-policy.yaml") }
    /// Git in the default repository.
    var git: GitOracle { GitOracle(in: repository) }
    /// Git in what the runtime holds of the bundle.
    var mirror: GitOracle {
        GitOracle(in: store.appending(path: "bundles/acme/support-agents.git"))
    }

    /// Writes a small valid bundle.
    func writeBundle(
        _ directory: String = "agents", workspace: String = "acme",
        id: String = "support-agents"
    ) throws {
        try home.write(
            """
            schema: sheaf/bundle/v1
            workspace: \(workspace)
            bundle: \(id)
            description: Agents of the support desk
            defaultProfile: coder

            """, to: "\(directory)/bundle.yaml")
        try home.write(
            """
            schema: sheaf/profile/v1
            label: Coder
            prompts: { system: prompts/coder.md }

            """, to: "\(directory)/profiles/coder.yaml")
        try home.write("Fix the ticket.\n", to: "\(directory)/prompts/coder.md")
    }

    /// Changes a prompt of the bundle, so that it can be published again.
    func edit(_ text: String = "Answer in the language of the ticket.\n") throws {
        try home.write("Fix the ticket.\n\(text)", to: "agents/prompts/coder.md")
    }

    /// Runs `sheaf`, throws unless it succeeds, and returns what it wrote.
    @discardableResult
    func check(_ arguments: String...) async throws -> ProgramOutput {
        let output = try await sheaf.run(arguments)
        guard output.succeeded else { throw Refusal(arguments: arguments, output: output) }
        return output
    }

    /// Runs `sheaf` for its result as JSON; throws unless it succeeds.
    func json(_ arguments: String...) async throws -> JSONValue {
        let all = arguments + ["--format", "json"]
        let output = try await sheaf.run(all)
        guard output.succeeded else { throw Refusal(arguments: all, output: output) }
        return try JSONValue(output.standardOutput)
    }

    /// Every file of the home directory with its bytes, but for locks, which hold nothing.
    func snapshot() throws -> [String: [UInt8]] {
        let files = try Fixtures.files(below: home.url).filter { !$0.path.hasSuffix(".lock") }
        return Dictionary(files.map { ($0.path, $0.bytes) }, uniquingKeysWith: { $1 })
    }

    /// A command that was expected to succeed.
    struct Refusal: Error, CustomStringConvertible {
        let arguments: [String]
        let output: ProgramOutput

        var description: String { "sheaf \(arguments.joined(separator: " ")): \(output)" }
    }
}
