/// A length of time as the host policy has it: a whole number and `s`, `m`, `h` or `d`.
package enum PolicyDuration {
    private static let units: [Character: Int64] = ["s": 1, "m": 60, "h": 3600, "d": 86_400]

    /// Reads a length of time; nil when it is none.
    package static func read(_ text: String) -> Duration? {
        guard let last = text.last, let unit = units[last], text.count <= 8,
            let count = Int64(text.dropLast()), count > 0, text.first != "+"
        else { return nil }
        return .seconds(count * unit)
    }
}
