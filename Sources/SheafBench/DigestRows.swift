internal import BundleModel
internal import BundleRepository
internal import Crypto
internal import Foundation

/// The digest of a revision, computed from the object database.
enum DigestRows {
    static func run(_ place: Workplace) async throws -> [Row] {
        Workplace.adoptIdentity()
        return try await rows(place, files: 1000) + rows(place, files: 10_000)
    }

    private static func rows(_ place: Workplace, files: Int) async throws -> [Row] {
        let sample = SampleBundle(files: files, bytesPerFile: 10_000)
        let source = place.fresh("digest-source")
        let path = place.fresh("digest.git")
        try sample.write(to: source)
        let writer = try BundleRepository.create(at: path, workspace: nil)
        let bundle = try BundleID("sample")
        _ = try await writer.publish(PublishRequest(directory: source))
        let newest = BundleReference(bundle: bundle, selector: .newest)
        let pair = try await PairedTiming.measure(
            rounds: files > 5000 ? 5 : 11,
            ours: { _ in
                let repository = try BundleRepository.open(at: path)
                _ = try await repository.digest(of: repository.resolve(newest))
            },
            theirs: { _ in try await withGit(place, path) })
        let name = files.formatted(.number.locale(Locale(identifier: "en_US")))
        var rows = [
            Row(
                "digest of a revision, cold, \(name) files", pair,
                beside: "git ls-tree + cat-file --batch + SHA-256", target: "≤ 1.1×")
        ]
        rows.append(try await again(writer, sample, source, newest, cold: pair.ours, name))
        return rows
    }

    /// Lists and reads every file with Git's programs and hashes it here.
    private static func withGit(_ place: Workplace, _ path: String) async throws {
        let listing = try await place.run(
            "git", ["-C", path, "ls-tree", "-r", "--format=%(objectname)", "HEAD"])
        let ids = place.root + "/ids"
        try Data(listing).write(to: URL(filePath: ids))
        let output = try await place.run(
            "sh", ["-c", "exec git -C '\(path)' cat-file --batch --buffer <'\(ids)'"])
        var offset = 0
        while offset < output.count {
            guard let end = output[offset...].firstIndex(of: 0x0A) else { break }
            let header = String(decoding: output[offset..<end], as: UTF8.self)
            guard let size = header.split(separator: " ").last.flatMap({ Int($0) }) else { break }
            var hasher = SHA256()
            hasher.update(data: output[(end + 1)..<(end + 1 + size)])
            _ = hasher.finalize()
            offset = end + 2 + size
        }
    }

    private static func again(
        _ repository: BundleRepository, _ sample: SampleBundle, _ source: String,
        _ newest: BundleReference, cold: Double, _ name: String
    ) async throws -> Row {
        _ = try await repository.digest(of: repository.resolve(newest))
        var times: [Double] = []
        for round in 0..<7 {
            try sample.change(source, round: round)
            _ = try await repository.publish(PublishRequest(directory: source))
            let commit = try await repository.resolve(newest)
            times.append(
                try await PairedTiming.seconds { _ = try await repository.digest(of: commit) })
        }
        let median = PairedTiming.median(times)
        return Row(
            name: "digest again after 2 files changed, \(name) files", ours: Row.text(median),
            theirs: "\(Row.text(cold)) cold", result: "\(Row.digits(median / cold * 100)) %",
            target: "≤ 5 %")
    }
}
