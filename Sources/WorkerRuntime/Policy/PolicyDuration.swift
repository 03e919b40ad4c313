/// A length of time in the host policy: a whole number and `s`, `m`, `h` or `d`.
enum PolicyDuration {
    private static let units: [Character: Int64] = ["s": 1, "m": 60, "h": 3600, "d": 86_400]

    static func read(_ text: String) -> Duration? {
        guard let last = text.last, let unit = units[last], text.count <= 8,
            let count = Int64(text.dropLast()), count > 0, text.first != "+"
        else { return nil }
        return .seconds(count * unit)
    }
}
