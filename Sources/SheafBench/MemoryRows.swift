internal import Foundation

/// Peak memory of whole processes.
enum MemoryRows {
    static func run(_ place: Workplace) async throws -> [Row] {
        let source = place.fresh("large-source")
        let repository = place.fresh("large.git")
        let store = place.fresh("large-store")
        try SampleBundle(files: 10_000, bytesPerFile: 10_000).write(to: source)
        let publish = try await PeakMemory.of(
            place, [place.sheaf, "publish", source, "--repository", repository, "--store", store])
        let sync = try await PeakMemory.of(
            place, [place.sheaf, "runtime", "sync", "sample@latest", "--store", store])
        return [
            try await idle(place),
            row("publish of 10,000 files / 100 MB", publish),
            row("sync of 10,000 files / 100 MB", sync),
        ]
    }

    private static func row(_ name: String, _ bytes: Int) -> Row {
        let text = "\(bytes / 1_000_000) MB"
        return Row(
            name: "peak memory, \(name)", ours: text, result: text, target: "≤ 150 MB")
    }

    /// A runtime that has synced a hundred bundles and created a thousand workers from them.
    private static func idle(_ place: Workplace) async throws -> Row {
        let store = place.fresh("idle-store")
        try await IdleRuntime.prepare(place, store: store)
        var texts: [String] = []
        for _ in 0..<2 {
            let output = try await place.run(
                URL(filePath: CommandLine.arguments[0]).resolvingSymlinksInPath().path,
                ["--idle-runtime", store])
            let text = String(decoding: output, as: UTF8.self)
            guard let bytes = Int(text.trimmingCharacters(in: .whitespacesAndNewlines)) else {
                throw BenchError("no memory was reported")
            }
            texts.append("\(bytes / 1_000_000) MB")
        }
        return Row(
            name: "memory of a runtime, 100 bundles, 1,000 workers, idle after it synced and made "
                + "them", ours: texts[0], theirs: "\(texts[1]) opened anew", result: texts[0],
            target: "≤ 60 MB")
    }
}
