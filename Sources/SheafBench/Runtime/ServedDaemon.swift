internal import Foundation
internal import TestSupport

/// The program `sheafd` as the daemon of a store, with the settings that it has by itself.
final class ServedDaemon: Sendable {
    private let program: BackgroundProgram
    private let store: String
    private let temporaryFolder: String
    /// Where it listens.
    let port: Int
    /// The daemon itself.
    let processID: Int32
    /// Seconds from the start of the process until `/readyz` said yes.
    let secondsUntilReady: Double

    /// Starts a daemon and waits until it is ready.
    init(
        _ place: Workplace, store: String, following channels: [String] = [],
        settings: [String] = []
    ) async throws {
        let folder = place.fresh("daemon-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            atPath: "\(folder)/tmp", withIntermediateDirectories: true)
        let clock = ContinuousClock()
        let start = clock.now
        let program = try BackgroundProgram(
            place.beside("sheafd"),
            [
                "runtime", "serve", "--listen", "127.0.0.1:0", "--store", store,
                "--policy", "\(store)/host-policy.yaml", "--tokens", "\(folder)/tokens.json",
            ] + channels.flatMap { ["--follow", $0] } + settings.flatMap { ["--set", $0] },
            environment: ["HOME": folder, "TMPDIR": "\(folder)/tmp"],
            directory: URL(filePath: folder), log: URL(filePath: "\(folder)/daemon.log"))
        var found: Int?
        while found == nil {
            guard program.isRunning, clock.now - start < .seconds(30) else {
                throw BenchError("sheafd did not say where it listens: \(program.output)")
            }
            found = Self.port(in: program.output)
            if found == nil { usleep(500) }
        }
        let port = found ?? 0
        _ = try LoadConnection(to: port).exchange(RuntimeMessages.get(port, "/readyz"))
        secondsUntilReady = (clock.now - start) / .seconds(1)
        let note = try String(contentsOfFile: "\(store)/owner.lock", encoding: .utf8)
        guard let process = note.split(separator: " ").dropFirst().first.flatMap({ Int32($0) })
        else { throw BenchError("the store does not say who owns it: \(note)") }
        (self.program, self.store, self.port) = (program, store, port)
        temporaryFolder = "\(folder)/tmp"
        processID = process
    }

    /// What it takes; engines and programs that it runs count.
    var usage: ProcessTree { ProcessTree(below: [processID]) }

    /// Files that are there for a while only: bundle files that arrive, packs that are received,
    /// locks, and what is in its temporary folder.
    var temporaryFiles: Int {
        let files = FileManager.default.enumerator(atPath: store)
        let others = FileManager.default.enumerator(atPath: temporaryFolder)
        var count = others?.allObjects.count ?? 0
        for case let path as String in files ?? .init() {
            let name = path.split(separator: "/").last ?? ""
            let isTemporary =
                path.hasPrefix("arriving/")
                || name.hasPrefix("pack_git2_") || name.hasPrefix("tmp_")
                || (name.hasSuffix(".lock") && name != "owner.lock")
            if isTemporary { count += 1 }
        }
        return count
    }

    /// Waits until its log tells of so many releases that came into service.
    func waitForReleases(_ count: Int) async throws {
        let clock = ContinuousClock()
        let end = clock.now + .seconds(120)
        while program.output.ranges(of: "a release is in service").count < count {
            guard program.isRunning, clock.now < end else {
                throw BenchError("no \(count) releases came: \(program.output.suffix(2000))")
            }
            try await Task.sleep(for: .milliseconds(5))
        }
    }

    /// Ends it by force, and waits for its end.
    func stop() { program.stop() }

    private static func port(in banner: String) -> Int? {
        guard banner.contains("the runtime is served") else { return nil }
        return banner.firstMatch(of: /serving the runtime at http:\/\/127\.0\.0\.1:(\d+)/)
            .flatMap { Int($0.output.1) }
    }
}
