/// Two sides measured in turn, so that a machine that slows down slows both.
struct PairedTiming {
    /// The median of our side, in seconds.
    let ours: Double
    /// The median of the other side, in seconds.
    let theirs: Double
    /// The median of the ratios, pair by pair.
    let ratio: Double

    /// Measures a number of rounds after one that is not counted; what is prepared is not timed.
    static func measure(
        rounds: Int, prepare: (Int) async throws -> Void = { _ in },
        ours: (Int) async throws -> Void, theirs: (Int) async throws -> Void
    ) async throws -> PairedTiming {
        var left: [Double] = []
        var right: [Double] = []
        for round in 0...rounds {
            try await prepare(round)
            let first = try await seconds { try await ours(round) }
            let second = try await seconds { try await theirs(round) }
            if round > 0 {
                left.append(first)
                right.append(second)
            }
        }
        return PairedTiming(
            ours: median(left), theirs: median(right),
            ratio: median(zip(left, right).map { $0 / $1 }))
    }

    static func seconds(_ body: () async throws -> Void) async throws -> Double {
        let clock = ContinuousClock()
        let start = clock.now
        try await body()
        let duration = clock.now - start
        return Double(duration.components.seconds)
            + Double(duration.components.attoseconds) / 1e18
    }

    static func median(_ values: [Double]) -> Double {
        let sorted = values.sorted()
        return sorted.isEmpty ? 0 : sorted[sorted.count / 2]
    }
}
