/// Starting the program.
enum StartRows {
    static func run(_ place: Workplace) async throws -> [Row] {
        let pair = try await PairedTiming.measure(
            rounds: 40,
            ours: { _ in try await place.run(place.sheaf, ["--version"]) },
            theirs: { _ in try await place.run("git", ["--version"]) })
        return [
            Row("sheaf --version", pair, beside: "git --version", target: "≤ 10×")
        ]
    }
}
