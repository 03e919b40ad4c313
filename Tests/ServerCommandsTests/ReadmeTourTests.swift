import BundleModel
import Foundation
import RuntimeClient
import RuntimeProtocol
import TestSupport
import Testing

@Suite("What the README shows of servers and hosts")
struct ReadmeTourTests {
    /// A command of the README, and what it shows behind it.
    struct Step: Sendable {
        var command: String
        var output = ""
    }

    /// The commands between a heading and the next one: what begins with a dollar sign, with the
    /// lines after it as far as its quotes go.
    static func steps(under heading: String) throws -> [Step] {
        let file = Fixtures.packageRoot.appending(path: "README.md")
        let text = try String(contentsOf: file, encoding: .utf8)
        let start = try #require(text.range(of: "\n## \(heading)\n"))
        let end = text.range(of: "\n## ", range: start.upperBound..<text.endIndex)
        let section = text[start.upperBound..<(end?.lowerBound ?? text.endIndex)]
        var steps: [Step] = []
        var isShown = false
        for line in section.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("```") {
                isShown.toggle()
            } else if isShown, line.hasPrefix("$ ") {
                steps.append(Step(command: String(line.dropFirst(2))))
            } else if isShown, let last = steps.indices.last {
                let isOpen = !steps[last].command.count(where: { $0 == "'" }).isMultiple(of: 2)
                if steps[last].output.isEmpty, isOpen {
                    steps[last].command += "\n\(line)"
                } else {
                    steps[last].output += "\(line)\n"
                }
            }
        }
        return steps
    }

    @Test("the requests to a runtime's daemon are answered as it says, each as it stands there")
    func requests() async throws {
        let steps = try Self.steps(under: "A runtime as a daemon")
        let serve = try #require(
            steps.first { $0.command.hasPrefix("sheaf runtime serve") },
            "the README no longer starts a daemon")
        let requests = steps.filter { $0.command.hasPrefix("curl ") }
        #expect(requests.count >= 2, "the README has lost its requests")

        let desk = try await DaemonDesk()
        let words = serve.command.split(separator: " ").dropFirst(3).map(String.init)
        let place = try #require(words.firstIndex(of: "--listen"))
        let daemon = try await desk.serve(
            Array(words[..<place] + words[words.index(place, offsetBy: 2)...]))
        try await daemon.program.ready { daemon.log.contains("a release is in service") }
        for line in serve.output.split(separator: "\n") {
            // What a line says besides its moment, address and names of contents.
            let words = line.split(separator: " ").filter { $0.allSatisfy(\.isLetter) }
            try #require(!words.isEmpty, "nothing to look for in: \(line)")
            let isThere = daemon.log.split(separator: "\n").contains { logged in
                words.allSatisfy { logged.contains($0) }
            }
            #expect(isThere, "\(line)\n\(daemon.log)")
        }
        let pin = try await daemon.client { client in
            let page = try await client.channels(after: nil, limit: nil)
            return try #require(page.channels.first?.accepted).pin
        }
        let address = try daemon.address
        for step in requests {
            let command = Self.adapted(step.command, pin, address)
                .replacing("curl ", with: "curl --silent --show-error --fail ", maxReplacements: 1)
            let answer = try await Program(
                "/bin/sh", environment: desk.tool.program.environment, directory: desk.home.url
            ).run(["-c", command])
            #expect(answer.succeeded, "\(command)\n\(answer)")
            let shown = Self.adapted(step.output, pin, address)
            let facts = shown.matches(of: /"[A-Za-z]+":("[^"…]*"|true|false|[0-9]+)/)
                .map { String($0.0) }.filter { !$0.contains("At\":") }
            #expect(!facts.isEmpty, "\(step.command) shows nothing")
            for fact in facts {
                #expect(answer.text.contains(fact), "\(fact) in \(answer.text)")
            }
        }
        try await daemon.end()
    }

    @Test("a repository is served as it says, each command as it stands there")
    func serving() async throws {
        let steps = try Self.steps(under: "Serving a repository")
        try #require(steps.count == 7, "the README has other commands")
        let desk = try await DaemonDesk()
        // Its runtime has the release before there is a server, and says so at the end.
        try await desk.succeed("runtime", "sync", "agents@latest")
        let words = steps[0].command.split(separator: " ")
        #expect(words.prefix(3) == ["sheaf", "serve", "--listen"] && words.count == 4)
        let (server, place) = try await desk.serveRepository()
        let address = String(place.dropLast("/acme.git".count))
        #expect(server.output.contains(steps[0].output.replacing(Self.anyAddress, with: address)))

        var environment = desk.tool.program.environment
        let made = try await Self.run(steps[1], in: desk, at: address, environment)
        let token = try #require(made.split(separator: "\n").first.map(String.init))
        environment["TOKEN"] = token
        // Git asks for it as a password: here the user's helper knows it.
        let settings = "[credential]\n    helper = \"!f() { echo username=x; cat token; }; f\"\n"
        try desk.home.write("password=\(token)\n", to: "token")
        environment["GIT_CONFIG_GLOBAL"] = try desk.home.write(settings, to: "settings")
            .path(percentEncoded: false)
        try desk.home.write(token, to: "secret")
        let secret = desk.home.appending("secret").path(percentEncoded: false)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: secret)
        try desk.follow(
            repository: "\(address)/acme/{bundle}.git\n    credential: { file: \"\(secret)\" }")
        for step in steps[2...] {
            // The file that is looked into is where the host policy is.
            let folder = step.command.hasPrefix("grep ") ? URL(filePath: desk.store) : nil
            _ = try await Self.run(step, in: desk, at: address, environment, folder: folder)
        }
    }

    @Test("any Git host is worked with as it says, each command as it stands there")
    func anyHost() async throws {
        let steps = try Self.steps(under: "With any Git host")
        try #require(steps.count == 5, "the README has other commands")
        let desk = try await DaemonDesk()
        var before = ""
        for step in steps {
            var step = step
            if step.command.hasPrefix("export ") { before += step.command + "\n" }
            step.command = before + step.command
            _ = try await Self.run(step, in: desk, at: "", desk.tool.program.environment)
        }
    }

    /// Runs a command of the README in a shell, and expects each line that it shows there, but for
    /// dates, names of contents, numbers of bytes, and the address, where one is given.
    private static func run(
        _ step: Step, in desk: DaemonDesk, at address: String, _ environment: [String: String],
        folder: URL? = nil
    ) async throws -> String {
        var environment = environment
        let products = URL(filePath: desk.tool.program.executable).deletingLastPathComponent()
        environment["PATH"] = "\(products.path(percentEncoded: false)):\(environment["PATH"] ?? "")"
        var command = step.command
        if !address.isEmpty { command = command.replacing(anyAddress, with: address) }
        command.replace("curl ", with: "curl --silent --show-error --fail ", maxReplacements: 1)
        let answer = try await Program(
            "/bin/sh", environment: environment, directory: folder ?? desk.home.url
        ).run(["-c", "{ \(command)\n} 2>&1"])
        #expect(answer.succeeded != step.output.hasPrefix("error: "), "\(command)\n\(answer)")
        let shown = general(answer.text).split(separator: "\n")
        for line in general(step.output).split(separator: "\n") {
            #expect(shown.contains(line), "\(line) of \(command)\n\(answer)")
        }
        return answer.text
    }

    private static var anyAddress: Regex<Substring> { /https?:\/\/127\.0\.0\.1:[0-9]+/ }

    /// A text without what is another one each time.
    private static func general(_ text: String) -> String {
        text.replacing(anyAddress, with: "ADDRESS")
            .replacing(/[0-9-]{10}T[0-9:]{8}Z/, with: "DATE")
            .replacing(/\b(sheaf_)?[0-9a-f]{8,}…?/, with: "NAME")
            .replacing(/[0-9]+ bytes/, with: "BYTES")
    }

    /// A text of the README with what is here in place of what was where it was written.
    private static func adapted(_ text: String, _ pin: BundlePin, _ address: String) -> String {
        text.replacing(/https?:\/\/127\.0\.0\.1:[0-9]+/, with: address)
            .replacing(/sha256:([0-9a-f]{64}|[0-9a-f]+…)/, with: "\(pin.digest)")
            .replacing(/=[0-9a-f]+…/, with: "=\(pin.commit)")
            .replacing(/\b[0-9a-f]{40}\b/, with: "\(pin.commit)")
    }
}
