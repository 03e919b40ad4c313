internal import BundleModel
internal import BundleRepository
internal import Foundation
internal import WorkerRuntime

/// Reads of a pinned commit, in process and warm.
enum ReadRows {
    static func run(_ place: Workplace) async throws -> [Row] {
        Workplace.adoptIdentity()
        let (_, contents) = try await Synced.make(place, "read")
        let path = try BundlePath("prompts/agent-7/system.md")
        let without = try times(20_000) { _ = try contents.file(path, remembering: false) }
        let with = try times(20_000) { _ = try contents.file(path) }
        let resolver = ProfileResolver(
            documents: contents.documents, builtins: BuiltinProfiles.all)
        let selector = try ProfileSelector("agent-190")
        let anew = try times(5000) { _ = try resolver.resolve(selector) }
        return [
            Row(
                name: "one file of a pinned commit, warm", ours: Row.text(without),
                theirs: "\(Row.text(with)) remembered", result: Row.text(without),
                target: "≤ 5 µs without memory"),
            Row(
                name: "profile resolved anew from parsed documents, 4 levels",
                ours: Row.text(anew), result: Row.text(anew), target: "≤ 100 µs"),
        ]
    }

    /// The median time of one call, of batches of a hundred.
    static func times(_ count: Int, _ body: () throws -> Void) throws -> Double {
        let clock = ContinuousClock()
        var batches: [Double] = []
        for _ in 0..<(count / 100) {
            let start = clock.now
            for _ in 0..<100 { try body() }
            let duration = clock.now - start
            batches.append(Double(duration.components.attoseconds) / 1e18 / 100)
        }
        return PairedTiming.median(batches)
    }
}
