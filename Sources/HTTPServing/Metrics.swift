internal import Synchronization

/// Numbers about a running server, and their text for Prometheus.
///
/// Source: Prometheus's text exposition format, version 0.0.4. Every family is declared when this is
/// made, and label values come from fixed sets, so the text stays bounded.
public final class Metrics: Sendable {
    /// What a family of numbers is.
    public enum Kind: String, Sendable {
        /// Only grows.
        case counter
        /// Goes up and down.
        case gauge
        /// How often a duration was at most so many seconds.
        case histogram
    }

    /// A family of numbers under one name.
    public struct Family: Sendable, Hashable {
        /// Its name, with a unit at its end.
        public let name: String
        /// What it tells.
        public let help: String
        /// What it is.
        public let kind: Kind

        /// Declares a family.
        public init(_ name: String, _ kind: Kind, _ help: String) {
            self.name = name
            self.kind = kind
            self.help = help
        }
    }

    private struct Histogram {
        var counts = [Int](repeating: 0, count: Metrics.bounds.count)
        var count = 0
        var sum = 0.0
    }

    private struct Series {
        var values: [String: Double] = [:]
        var histograms: [String: Histogram] = [:]
    }

    private static let bounds = [
        0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60,
    ]

    private let families: [Family]
    private let series = Mutex<[String: Series]>([:])
    private let gauges = Mutex<[@Sendable () -> [(Family, Double)]]>([])

    /// Declares every family.
    public init(_ families: [Family]) {
        self.families = families
    }

    /// Adds to a counter or gauge.
    ///
    /// - Parameter labels: `name="value"` pairs with commas between, from a fixed set.
    public func add(_ value: Double = 1, to family: Family, _ labels: String = "") {
        series.withLock { $0[family.name, default: Series()].values[labels, default: 0] += value }
    }

    /// Sets every value of a gauge: labels that are not among them are there no more.
    public func set(_ values: [String: Double], of family: Family) {
        series.withLock { $0[family.name, default: Series()].values = values }
    }

    /// Takes a duration into a histogram.
    public func observe(_ duration: Duration, in family: Family, _ labels: String = "") {
        let seconds = duration / .seconds(1)
        series.withLock { all in
            var histogram = all[family.name]?.histograms[labels] ?? Histogram()
            if let place = Self.bounds.firstIndex(where: { seconds <= $0 }) {
                histogram.counts[place] += 1
            }
            histogram.count += 1
            histogram.sum += seconds
            all[family.name, default: Series()].histograms[labels] = histogram
        }
    }

    /// Has gauges read whenever the text is asked for.
    public func read(_ gauge: @escaping @Sendable () -> [(Family, Double)]) {
        gauges.withLock { $0.append(gauge) }
    }

    /// Everything, as Prometheus reads it.
    public func text() -> String {
        var known = series.withLock { $0 }
        for read in gauges.withLock({ $0 }) {
            for (family, value) in read() {
                known[family.name, default: Series()].values[""] = value
            }
        }
        var text = ""
        for family in families {
            text += "# HELP \(family.name) \(family.help)\n"
            text += "# TYPE \(family.name) \(family.kind.rawValue)\n"
            let series = known[family.name] ?? Series()
            for (labels, value) in series.values.sorted(by: { $0.key < $1.key }) {
                text += "\(family.name)\(Self.braced(labels)) \(Self.number(value))\n"
            }
            for (labels, histogram) in series.histograms.sorted(by: { $0.key < $1.key }) {
                text += Self.text(family.name, labels, histogram)
            }
        }
        return text
    }

    private static func text(_ name: String, _ labels: String, _ histogram: Histogram) -> String {
        var text = ""
        var count = 0
        let start = labels.isEmpty ? "" : labels + ","
        for (bound, more) in zip(bounds, histogram.counts) {
            count += more
            text += "\(name)_bucket{\(start)le=\"\(number(bound))\"} \(count)\n"
        }
        text += "\(name)_bucket{\(start)le=\"+Inf\"} \(histogram.count)\n"
        text += "\(name)_sum\(braced(labels)) \(histogram.sum)\n"
        text += "\(name)_count\(braced(labels)) \(histogram.count)\n"
        return text
    }

    private static func braced(_ labels: String) -> String { labels.isEmpty ? "" : "{\(labels)}" }

    private static func number(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : String(value)
    }
}
