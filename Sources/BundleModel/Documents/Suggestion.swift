/// Finds the name that was probably meant.
package enum Suggestion {
    /// The candidate closest to a text when it is close, else nil.
    package static func closest(
        to text: String, among candidates: some Sequence<String>
    ) -> String? {
        let word = Array(text.lowercased().utf8.prefix(64))
        let allowed = max(1, word.count / 3)
        var best: (distance: Int, name: String)?
        for candidate in candidates {
            let distance = Self.distance(word, Array(candidate.lowercased().utf8.prefix(64)))
            guard distance <= allowed else { continue }
            if let known = best, (known.distance, known.name) <= (distance, candidate) { continue }
            best = (distance, candidate)
        }
        return best?.name
    }

    /// `did you mean 'x'?`, or a text to give instead when nothing is close.
    package static func hint(
        for text: String, among candidates: some Sequence<String>, otherwise: String?
    ) -> String? {
        closest(to: text, among: candidates).map { "did you mean '\(DisplayText.escape($0))'?" }
            ?? otherwise
    }

    /// Insertions, deletions, replacements and swaps of neighbours between two words.
    private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var beforeLast: [Int] = []
        var last = Array(0...right.count)
        for row in 0..<left.count {
            var current = [row + 1]
            for column in 0..<right.count {
                var cost = min(
                    last[column + 1] + 1, current[column] + 1,
                    last[column] + (left[row] == right[column] ? 0 : 1))
                if row > 0, column > 0, left[row] == right[column - 1],
                    left[row - 1] == right[column]
                {
                    cost = min(cost, beforeLast[column - 1] + 1)
                }
                current.append(cost)
            }
            beforeLast = last
            last = current
        }
        return last[right.count]
    }
}
