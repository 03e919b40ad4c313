internal import BundleModel
internal import Foundation

/// The scan of the boundary: real prompts, and input that is made to be slow.
enum ScanRows {
    /// How much is scanned in one round.
    private static let bytes = 64 << 20

    static func run(_ place: Workplace) async throws -> [Row] {
        let (prompts, origin) = try await prompts(place)
        let size = prompts.reduce(0) { $0 + $1.bytes.count }
        let real = try throughput(of: prompts, times: max(1, bytes / max(1, size)))
        var rows = [
            Row(
                name: "scan of \(origin), one core", ours: megabytes(real),
                result: megabytes(real), target: "≥ 50 MB/s")
        ]
        rows += try hostile(beside: real)
        rows.append(try await check(place))
        return rows
    }

    /// How the slowest of all inputs is found: the slowest of so many are looked at in a larger
    /// size, because thousands of a mebibyte each would take many minutes. Not much smaller: in a
    /// few kilobytes an input with many findings is slow, which in a larger one is not read on.
    private static let steps = [(kept: 400, bytes: 32 << 10), (kept: 40, bytes: 256 << 10)]

    /// The slowest of all adversarial inputs: found in small ones, measured in 1 MiB, and for the
    /// ten slowest whether four times the bytes take four times as long.
    private static func hostile(beside real: Double) throws -> [Row] {
        let inputs = try HostileText.written + HostileRules.all()
        func slowest(
            _ inputs: [HostileText], _ size: Int, rounds: Int = 1
        ) throws -> [(input: HostileText, speed: Double)] {
            try inputs.map { input in
                let file = (input.path, input.bytes(size))
                return (input, try throughput(of: [file], times: 1, rounds: rounds))
            }.sorted { $0.speed < $1.speed }
        }
        var slow = inputs
        for step in steps {
            slow = try slowest(slow, step.bytes).prefix(step.kept).map(\.input)
        }
        slow = try slowest(slow, 1 << 20).prefix(10).map(\.input)
        let measured = try slowest(slow, 1 << 20, rounds: 3)
        guard let (worst, lowest) = measured.first else { return [] }
        let growth = try measured.map { input, speed in
            let large = (input.path, input.bytes(4 << 20))
            return (4 * speed / (try throughput(of: [large], times: 1, rounds: 1)), input.name)
        }.max { $0.0 < $1.0 }
        return [
            Row(
                name: "scan of the slowest of \(inputs.count) adversarial inputs: "
                    + "\(worst.name) in \(worst.path)",
                ours: megabytes(lowest), theirs: "\(megabytes(real)) prompts",
                result: "\(Row.digits(real / lowest))× slower", target: "≤ 5×"),
            Row(
                name: "time for 4 MiB of the ten slowest, beside 1 MiB, at most: "
                    + (growth?.1 ?? "–"),
                ours: "–", result: "\(Row.digits(growth?.0 ?? 0))×", target: "≤ 4.6×"),
        ]
    }

    /// Bytes in a second of this process's time, the median of some rounds: what else runs on the
    /// machine would make an input look slow that is not.
    private static func throughput(
        of files: [(path: String, bytes: [UInt8])], times: Int, rounds: Int = 3
    ) throws -> Double {
        let size = files.reduce(0) { $0 + $1.bytes.count } * times
        var speeds: [Double] = []
        for _ in 0..<rounds {
            let start = clock()
            for _ in 0..<times {
                for file in files { _ = BoundaryScan.findings(in: file.bytes, path: file.path) }
            }
            let seconds = Double(clock() - start) / Double(CLOCKS_PER_SEC)
            speeds.append(Double(size) / seconds)
        }
        return PairedTiming.median(speeds)
    }

    private static func megabytes(_ speed: Double) -> String {
        "\(Row.digits(speed / 1e6)) MB/s"
    }

    /// A real collection of agents where it is at hand, made-up prose elsewhere.
    private static func prompts(
        _ place: Workplace
    ) async throws -> (files: [(path: String, bytes: [UInt8])], origin: String) {
        let package = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let collection = package.appending(path: "shared/corpora/agents-history.bundle").path
        guard FileManager.default.fileExists(atPath: collection) else {
            var words = WordSource(seed: 11)
            let files = (0..<100).map {
                (path: "prompts/p\($0).md", bytes: Array(words.text(20_000).utf8))
            }
            return (files, "made-up prose")
        }
        let clone = place.fresh("prompts")
        try await place.run("git", ["clone", "-q", collection, clone])
        let names =
            FileManager.default.enumerator(atPath: clone)?.compactMap { $0 as? String } ?? []
        let files = names.filter { $0.hasSuffix(".md") }.sorted().compactMap { name in
            FileManager.default.contents(atPath: "\(clone)/\(name)").map {
                (path: name, bytes: Array($0))
            }
        }
        return (files, "\(files.count) real prompts")
    }

    /// The whole check of a large directory, as a process.
    private static func check(_ place: Workplace) async throws -> Row {
        let source = place.fresh("check-source")
        try SampleBundle(files: 10_000, bytesPerFile: 10_000).write(to: source)
        var times: [Double] = []
        for _ in 0..<3 {
            times.append(
                try await PairedTiming.seconds {
                    _ = try await place.run(place.sheaf, ["check", source])
                })
        }
        let memory = try await PeakMemory.of(place, [place.sheaf, "check", source])
        let text = "\(Row.text(PairedTiming.median(times))), \(memory / 1_000_000) MB"
        return Row(
            name: "check of 10,000 files / 100 MB", ours: text, result: text,
            target: "≤ 5 s, ≤ 150 MB")
    }
}
