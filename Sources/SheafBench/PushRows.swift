internal import Foundation

/// Pushing to a repository with the gate against the same push to the same repository without it.
enum PushRows {
    static func run(_ place: Workplace) async throws -> [Row] {
        let source = place.fresh("push-source")
        try SampleBundle(files: 1000, bytesPerFile: 10_000).write(to: source)
        let gated = place.fresh("gated.git")
        try await place.run(
            place.sheaf, ["publish", source, "-m", "one", "--repository", gated])
        let plain = place.fresh("plain.git")
        try FileManager.default.copyItem(atPath: gated, toPath: plain)
        try FileManager.default.removeItem(atPath: "\(plain)/hooks")
        try await place.run(
            "git", ["config", "--unset-all", "receive.procReceiveRefs"], in: plain)
        let clone = place.fresh("push-clone")
        try await place.run("git", ["clone", "-q", gated, clone])
        try await place.run(place.sheaf, ["hook", "install", "--checkout", clone])
        let pair = try await PairedTiming.measure(
            rounds: 15,
            prepare: { round in
                try change(clone, round: round)
                try await place.run("git", ["commit", "-q", "-a", "-m", "change"], in: clone)
            },
            ours: { _ in try await push(place, clone, to: gated) },
            theirs: { _ in try await push(place, clone, to: plain) })
        return [
            Row(
                "push of 2 changed files of 1,000, with the gate", pair,
                beside: "the same push, no gate", target: "≤ 2×")
        ]
    }

    /// A prompt and a profile.
    private static func change(_ clone: String, round: Int) throws {
        var words = WordSource(seed: UInt64(1000 + round))
        try words.text(10_000).write(
            toFile: "\(clone)/prompts/agent-1/system.md", atomically: false, encoding: .utf8)
        let path = "\(clone)/profiles/agent-7.yaml"
        let profile = try String(contentsOfFile: path, encoding: .utf8)
        try profile.replacing(/maxTurns: \d+/, with: "maxTurns: \(round + 100)")
            .write(toFile: path, atomically: false, encoding: .utf8)
    }

    private static func push(_ place: Workplace, _ clone: String, to path: String) async throws {
        let branch = "HEAD:refs/heads/bundles/sample"
        try await place.run("git", ["push", "-q", path, branch], in: clone)
    }
}
