extension CommitCommand {
    /// Whether the newest commit is replaced.
    var isAmending: Bool { options.last { $0.name == "amend" }?.isOn ?? false }

    /// Whether somebody edits the message after Git has put its comments into it.
    var usesEditor: Bool {
        if let said = options.last(where: { $0.name == "edit" }) { return said.isOn }
        return !options.contains { option in
            switch option.name {
            case "message", "file", "reuse-message": true
            case "fixup":
                !["amend:", "reword:"].contains { option.value?.hasPrefix($0) ?? false }
            default: false
            }
        }
    }

    /// The value of `--cleanup`; nil when it is not given.
    var cleanup: String? { options.last { $0.name == "cleanup" }?.value }

    /// Whether `--verbose` is given; nil when the configuration decides.
    var isVerbose: Bool? { options.last { $0.name == "verbose" }?.isOn }

    /// An option by its long name.
    private struct Option {
        let name: String
        var isOn = true
        var value: String?
    }

    /// Source: git-commit(1). Git takes any beginning of an option that no other one has.
    private static let plain = [
        "ahead-behind", "all", "allow-empty", "allow-empty-message", "amend", "branch", "dry-run",
        "edit", "gpg-sign", "include", "interactive", "long", "null", "only", "patch",
        "pathspec-file-nul", "porcelain", "post-rewrite", "quiet", "reset-author", "short",
        "signoff", "status", "untracked-files", "verbose", "verify",
    ]
    private static let takingValue = [
        "author", "cleanup", "date", "file", "fixup", "message", "pathspec-from-file",
        "reedit-message", "reuse-message", "squash", "template", "trailer",
    ]
    private static let short: [Character: String] = [
        "m": "message", "F": "file", "C": "reuse-message", "c": "reedit-message", "t": "template",
        "e": "edit", "v": "verbose",
    ]

    private var options: [Option] {
        var options: [Option] = []
        var rest = arguments[...]
        while let word = rest.popFirst(), word != "--" {
            if word.hasPrefix("--") {
                guard var option = Self.long(word.dropFirst(2)) else { continue }
                if option.isOn, option.value == nil, Self.takingValue.contains(option.name) {
                    option.value = rest.popFirst()
                }
                options.append(option)
            } else if word.hasPrefix("-") {
                options += Self.group(word.dropFirst(), &rest)
            }
        }
        return options
    }

    private static func long(_ word: Substring) -> Option? {
        let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let value = parts.count > 1 ? String(parts[1]) : nil
        if let name = full(parts[0]) { return Option(name: name, value: value) }
        guard parts[0].hasPrefix("no-"), let name = full(parts[0].dropFirst(3)) else { return nil }
        return Option(name: name, isOn: false)
    }

    private static func full(_ beginning: Substring) -> String? {
        let known = plain + takingValue
        if known.contains(String(beginning)) { return String(beginning) }
        let found = known.filter { !beginning.isEmpty && $0.hasPrefix(beginning) }
        return found.count == 1 ? found[0] : nil
    }

    /// A group of short options such as `-am`, of which the last may have its value in the next
    /// word.
    private static func group(
        _ letters: Substring, _ rest: inout ArraySlice<String>
    ) -> [Option] {
        var options: [Option] = []
        var letters = letters
        while let letter = letters.popFirst() {
            // What follows these belongs to them.
            if letter == "S" || letter == "u" { break }
            guard let name = short[letter] else { continue }
            guard takingValue.contains(name) else {
                options.append(Option(name: name))
                continue
            }
            let value = letters.isEmpty ? rest.popFirst() : String(letters)
            options.append(Option(name: name, value: value))
            break
        }
        return options
    }
}
