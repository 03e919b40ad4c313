import ArgumentParser
import TestSupport
import Testing

@testable import SheafCommands

@Suite("The help")
struct HelpTests {
    /// Every command, the root first.
    static let commands: [any ParsableCommand.Type] = below(SheafCommand.self)

    static func below(_ command: any ParsableCommand.Type) -> [any ParsableCommand.Type] {
        let configuration = command.configuration
        let nested =
            configuration.ungroupedSubcommands
            + configuration.groupedSubcommands.flatMap(\.subcommands)
        return [command] + nested.flatMap(below)
    }

    static let verbs = commands.filter { $0 is any Verb.Type }

    @Test("all verbs are found")
    func found() {
        #expect(Self.verbs.count >= 22)
    }

    @Test("every verb shows examples and its JSON, and takes --format")
    func complete() {
        for verb in Self.verbs {
            let discussion = verb.configuration.discussion
            #expect(discussion.contains("EXAMPLES\n"), "\(verb)")
            #expect(discussion.contains("\nJSON\n"), "\(verb)")
            #expect(verb.helpMessage().contains("--format <format>"), "\(verb)")
        }
    }

    @Test("every line of help fits a terminal of 80 columns")
    func width() {
        for command in Self.commands {
            for line in command.configuration.discussion.split(separator: "\n")
            where line.hasPrefix("  ") {
                #expect(line.count <= 80, "\(command): \(line)")
            }
        }
    }

    @Test("every example is a command line that is understood")
    func examples() throws {
        var count = 0
        for command in Self.commands {
            for line in command.configuration.discussion.split(separator: "\n")
            where line.hasPrefix("  sheaf ") {
                let words = Self.words(line)
                count += 1
                let parsed = try SheafCommand.parseAsRoot(Array(words.dropFirst()))
                if command is any Verb.Type {
                    #expect(type(of: parsed) == command, "\(line)")
                }
            }
        }
        #expect(count >= Self.verbs.count)
    }

    /// Splits a line as a shell would; redirections are dropped.
    private static func words(_ line: Substring) -> [String] {
        var words: [String] = []
        var word = ""
        var isQuoted = false
        for character in line {
            if character == "\"" {
                isQuoted.toggle()
            } else if character == " ", !isQuoted {
                if !word.isEmpty { words.append(word) }
                word = ""
            } else {
                word.append(character)
            }
        }
        if !word.isEmpty { words.append(word) }
        return Array(words.prefix { $0 != "<" && $0 != ">" })
    }
}
