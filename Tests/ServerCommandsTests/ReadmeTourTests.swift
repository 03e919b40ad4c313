import BundleModel
import Foundation
import RuntimeClient
import RuntimeProtocol
import TestSupport
import Testing

@Suite("What the README shows of a runtime's daemon")
struct ReadmeTourTests {
    /// A command of the README, and what it shows behind it.
    struct Step: Sendable {
        var command: String
        var output = ""
    }

    /// The commands between a heading and the next one: what begins with a dollar sign, with the
    /// lines that go on after it, which are indented.
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
                if steps[last].output.isEmpty, line.hasPrefix("    ") {
                    steps[last].command += "\n\(line)"
                } else {
                    steps[last].output += "\(line)\n"
                }
            }
        }
        return steps
    }

    @Test("its requests are answered as it says, each as it stands there")
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

    /// A text of the README with what is here in place of what was where it was written.
    private static func adapted(_ text: String, _ pin: BundlePin, _ address: String) -> String {
        text.replacing(/https?:\/\/127\.0\.0\.1:[0-9]+/, with: address)
            .replacing(/sha256:([0-9a-f]{64}|[0-9a-f]+…)/, with: "\(pin.digest)")
            .replacing(/=[0-9a-f]+…/, with: "=\(pin.commit)")
            .replacing(/\b[0-9a-f]{40}\b/, with: "\(pin.commit)")
    }
}
