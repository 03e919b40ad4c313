internal import Foundation

/// Publishing against adding and committing with Git, each as whole processes.
enum PublishRows {
    static func run(_ place: Workplace) async throws -> [Row] {
        let sample = SampleBundle(files: 1000, bytesPerFile: 10_000)
        return [
            try await first(place, sample),
            try await next(place, sample, keepingIndex: false),
            try await next(place, sample, keepingIndex: true),
        ]
    }

    private static func commit(_ place: Workplace, _ tree: String, fsync: Bool) async throws {
        let options = fsync ? ["-c", "core.fsync=all"] : []
        try await place.run("git", options + ["add", "-A"], in: tree)
        try await place.run("git", options + ["commit", "-q", "-m", "change"], in: tree)
    }

    private static func first(_ place: Workplace, _ sample: SampleBundle) async throws -> Row {
        let source = place.fresh("first-source")
        try sample.write(to: source)
        let pair = try await PairedTiming.measure(
            rounds: 7,
            prepare: { _ in
                _ = place.fresh("first.git")
                let tree = place.fresh("first-tree")
                try FileManager.default.copyItem(atPath: source, toPath: tree)
                try await place.run("git", ["init", "-q", tree])
            },
            ours: { _ in
                try await place.run(
                    place.sheaf,
                    ["publish", source, "-m", "change", "--repository", "\(place.root)/first.git"])
            },
            theirs: { _ in try await commit(place, "\(place.root)/first-tree", fsync: true) })
        return Row(
            "first publish, 1,000 files / 10 MB, durable", pair, beside: "git add && commit",
            target: "≤ 0.4×")
    }

    private static func next(
        _ place: Workplace, _ sample: SampleBundle, keepingIndex: Bool
    ) async throws -> Row {
        let source = place.fresh("next-source")
        let tree = place.fresh("next-tree")
        let repository = place.fresh("next.git")
        try sample.write(to: source)
        try FileManager.default.copyItem(atPath: source, toPath: tree)
        try await place.run("git", ["init", "-q", tree])
        try await commit(place, tree, fsync: true)
        try await place.run(place.sheaf, ["publish", source, "--repository", repository])
        let pair = try await PairedTiming.measure(
            rounds: 15,
            prepare: { round in
                try sample.change(source, round: round)
                try sample.change(tree, round: round)
                if !keepingIndex {
                    try FileManager.default.removeItem(atPath: "\(tree)/.git/index")
                }
            },
            ours: { _ in
                try await place.run(
                    place.sheaf, ["publish", source, "-m", "c", "--repository", repository])
            },
            theirs: { _ in try await commit(place, tree, fsync: true) })
        return Row(
            "next publish, 2 of 1,000 files changed, every file hashed", pair,
            beside: keepingIndex
                ? "git add && commit, with its index"
                : "git add && commit, index removed",
            target: keepingIndex ? "reported" : "≤ 1.1×")
    }
}
