/// What a server takes while it is at load, looked at again and again.
struct SteadyUsage {
    private struct Sample {
        let usage: ProcessTree
        let files: Int
    }

    private var samples: [Sample] = []

    /// How long a server is looked at, in minutes: `--minutes 10` for the whole.
    static var minutes: Double {
        let arguments = CommandLine.arguments
        guard let place = arguments.firstIndex(of: "--minutes"), place + 1 < arguments.count
        else { return 0.5 }
        return Double(arguments[place + 1]) ?? 0.5
    }

    mutating func note(_ usage: ProcessTree, temporaryFiles: Int) {
        samples.append(Sample(usage: usage, files: temporaryFiles))
    }

    /// A row for each thing that could grow.
    ///
    /// Children come and go, so each number is the median of the first and of the last third.
    func rows(_ name: String, memoryTarget: String = "flat") -> [Row] {
        let third = max(1, samples.count / 3)
        func ends(_ value: (Sample) -> Int) -> (Int, Int) {
            func middle(_ part: ArraySlice<Sample>) -> Int {
                Int(PairedTiming.median(part.map { Double(value($0)) }))
            }
            return (middle(samples.prefix(third)), middle(samples.suffix(third)))
        }
        let numbers = [
            ("descriptors", ends(\.usage.descriptors), "flat"),
            ("threads", ends(\.usage.threads), "flat"),
            ("zombies", ends(\.usage.zombies), "flat"),
            ("temporary files", ends(\.files), "flat"),
            ("MB of memory", ends { $0.usage.residentBytes / 1_000_000 }, memoryTarget),
        ]
        return numbers.map { what, ends, target in
            Row(
                name: "\(name): \(what)", ours: "\(ends.1) at the end",
                theirs: "\(ends.0) at the start", result: "\(ends.0) → \(ends.1)", target: target)
        }
    }
}
