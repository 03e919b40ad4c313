/// One line of the table.
struct Row {
    let name: String
    let ours: String
    let theirs: String
    let result: String
    let target: String

    static let header = """
        | what | ours (median) | beside (median) | result | target |
        |---|---|---|---|---|
        """

    var line: String { "| \(name) | \(ours) | \(theirs) | \(result) | \(target) |" }

    /// A row that compares two timings pair by pair.
    init(_ name: String, _ pair: PairedTiming, beside: String, target: String) {
        self.name = name
        ours = Self.text(pair.ours)
        theirs = "\(Self.text(pair.theirs)) \(beside)"
        result = "\(Self.digits(pair.ratio))×"
        self.target = target
    }

    init(name: String, ours: String, theirs: String = "–", result: String, target: String) {
        self.name = name
        self.ours = ours
        self.theirs = theirs
        self.result = result
        self.target = target
    }

    /// A duration with three significant digits.
    static func text(_ seconds: Double) -> String {
        switch seconds {
        case ..<0.001: "\(digits(seconds * 1e6)) µs"
        case ..<1: "\(digits(seconds * 1e3)) ms"
        default: "\(digits(seconds)) s"
        }
    }

    static func digits(_ value: Double) -> String {
        let places = value < 1 ? 1000.0 : value < 10 ? 100 : value < 100 ? 10 : 1
        let rounded = (value * places).rounded() / places
        return rounded == rounded.rounded() && places == 1
            ? String(Int(rounded)) : String(rounded)
    }
}
