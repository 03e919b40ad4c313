extension RepositorySetting {
    /// Whether the setting is a list, to which others may add.
    var isList: Bool { key == "transfer.hideRefs" }

    /// Whether the values of a repository's configuration, in their order, are as they must be.
    func holds(_ values: [String]) -> Bool {
        switch key {
        case "receive.procReceiveRefs":
            // A pattern with modifiers or in front of it '!' would let something through.
            return values == [value]
        case "transfer.hideRefs": return hides(values)
        case "receive.maxInputSize":
            return values.last.map { $0.contains { ("1"..."9").contains($0) } } ?? false
        default:
            guard let last = values.last else { return false }
            if value == "true" { return Self.boolean(last) == true }
            if value == "false" { return Self.boolean(last) == false }
            return last == value
        }
    }

    /// git-config(1), `transfer.hideRefs`: of all that match the last one counts, and '!' shows.
    private func hides(_ values: [String]) -> Bool {
        for pattern in values.reversed() {
            let isShown = pattern.hasPrefix("!")
            let name = pattern.drop { $0 == "!" || $0 == "^" }
            if isShown, name.hasPrefix("\(value)/") { return false }
            if name == value || value.hasPrefix("\(name)/") { return !isShown }
        }
        return false
    }

    /// git-config(1), "Values".
    static func boolean(_ text: String) -> Bool? {
        switch text.lowercased() {
        case "true", "yes", "on", "1": true
        case "false", "no", "off", "0", "": false
        default: nil
        }
    }
}
