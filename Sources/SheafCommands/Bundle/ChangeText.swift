internal import BundleModel
internal import BundleRepository

/// Changes of files for people: unified text, or how much changed.
enum ChangeText {
    private static let graphColumns = 40

    /// The changes as `git diff` shows them.
    ///
    /// Into a file or program they go as they are, so that `git apply` takes them; on a terminal
    /// characters that would steer it are escaped.
    static func unified(_ changes: [FileChange], _ style: TextStyle) -> String {
        guard style.isTerminal else { return changes.map(\.text).joined() }
        return changes.map { change in
            change.text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
                paint(TextStyle.safe(line), style)
            }.joined(separator: "\n")
        }.joined()
    }

    private static func paint(_ line: String, _ style: TextStyle) -> String {
        if line.hasPrefix("+++") || line.hasPrefix("---") || line.hasPrefix("diff ") {
            return style.bold(line)
        }
        if line.hasPrefix("@@") { return style.cyan(line) }
        if line.hasPrefix("+") { return style.green(line) }
        if line.hasPrefix("-") { return style.red(line) }
        return line
    }

    /// One line a file with the number of lines that changed, and a sum.
    static func statistics(_ changes: [FileChange], _ style: TextStyle) -> String {
        if changes.isEmpty { return "" }
        let most = changes.map { $0.additions + $0.deletions }.max() ?? 0
        let names = changes.map { DisplayWidth.of($0.path.description) }.max() ?? 0
        let digits = max(String(most).count, 3)
        var text = ""
        for change in changes {
            let name = change.path.description
            text += " \(name)\(spaces(names - DisplayWidth.of(name))) | "
            text += change.isBinary ? "Bin" : graph(change, most, digits, style)
            text += "\n"
        }
        let additions = changes.reduce(0) { $0 + $1.additions }
        let deletions = changes.reduce(0) { $0 + $1.deletions }
        text += " \(Count.text(changes.count, "file")) changed, "
        return text + "\(Count.text(additions, "line")) added, "
            + "\(Count.text(deletions, "line")) removed\n"
    }

    private static func graph(
        _ change: FileChange, _ most: Int, _ digits: Int, _ style: TextStyle
    ) -> String {
        let number = String(change.additions + change.deletions)
        // Something that changed shows at least one sign, however much more another file changed.
        let scaled: (Int) -> Int = { lines in
            most <= graphColumns ? lines : (lines * graphColumns + most - 1) / most
        }
        return spaces(digits - number.count) + number + " "
            + style.green(String(repeating: "+", count: scaled(change.additions)))
            + style.red(String(repeating: "-", count: scaled(change.deletions)))
    }

    private static func spaces(_ count: Int) -> String { String(repeating: " ", count: count) }
}
