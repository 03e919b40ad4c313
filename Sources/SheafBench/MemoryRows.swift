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
            row("publish of 10,000 files / 100 MB", publish),
            row("sync of 10,000 files / 100 MB", sync),
        ]
    }

    private static func row(_ name: String, _ bytes: Int) -> Row {
        let text = "\(bytes / 1_000_000) MB"
        return Row(
            name: "peak memory, \(name)", ours: text, result: text, target: "≤ 150 MB")
    }
}
