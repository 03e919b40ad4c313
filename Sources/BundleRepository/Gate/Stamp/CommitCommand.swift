internal import Foundation
internal import LibGit2

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// The `git commit` that runs a hook, as far as the system tells.
///
/// Git tells a commit-msg hook nothing of `--amend`. Its command line does, and where an alias gave
/// the option, Git starts itself anew with it. The process is looked for among the parents of this
/// one, which on Linux `/proc` shows; elsewhere nothing is known.
struct CommitCommand: Sendable {
    /// The arguments behind `commit`.
    let arguments: [String]

    private static let farthest = 8
    private static let takingValue: Set<String> = [
        "--message", "--file", "--author", "--date", "--reuse-message", "--reedit-message",
        "--template", "--cleanup", "--fixup", "--squash", "--trailer", "--pathspec-from-file",
    ]

    init(arguments: [String]) {
        self.arguments = arguments
    }

    /// The nearest parent that is `git commit`; nil when none can be seen.
    static func running() -> CommitCommand? {
        var process = getppid()
        for _ in 0..<farthest {
            guard process > 1, let words = words(of: process) else { return nil }
            let name = words.first?.split(separator: "/").last.map(String.init) ?? ""
            if name == "git-commit" {
                return CommitCommand(arguments: Array(words.dropFirst()))
            }
            if name == "git", let verb = words.firstIndex(of: "commit") {
                return CommitCommand(arguments: Array(words[(verb + 1)...]))
            }
            guard let parent = parent(of: process) else { return nil }
            process = parent
        }
        return nil
    }

    /// Whether the newest commit is replaced.
    var isAmending: Bool {
        var rest = arguments[...]
        while let word = rest.popFirst() {
            if word == "--" { return false }
            // Git takes any beginning of an option that no other one has.
            if word.count >= 4, "--amend".hasPrefix(word) { return true }
            if Self.takingValue.contains(word) || Self.endsInValue(word) { rest = rest.dropFirst() }
        }
        return false
    }

    /// Whether a group of short options such as `-am` takes the next word for its value.
    private static func endsInValue(_ word: String) -> Bool {
        guard word.hasPrefix("-"), !word.hasPrefix("--"), word.count > 1 else { return false }
        let options = word.dropFirst()
        return options.firstIndex { "mFCct".contains($0) } == options.indices.last
    }

    private static func words(of process: pid_t) -> [String]? {
        guard
            let bytes = try? FileContents.read(
                path: "/proc/\(process)/cmdline", maximumBytes: 4 << 20)
        else { return nil }
        return bytes.split(separator: 0, omittingEmptySubsequences: false).dropLast()
            .map { String(decoding: $0, as: UTF8.self) }
    }

    /// proc(5): the name stands in parentheses and may hold anything; behind it state and parent.
    private static func parent(of process: pid_t) -> pid_t? {
        guard
            let bytes = try? FileContents.read(
                path: "/proc/\(process)/stat", maximumBytes: 4096)
        else { return nil }
        let text = String(decoding: bytes, as: UTF8.self)
        guard let end = text.lastIndex(of: ")") else { return nil }
        let fields = text[text.index(after: end)...].split(separator: " ")
        return fields.count > 1 ? pid_t(String(fields[1])) : nil
    }
}
