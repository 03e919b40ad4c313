internal import Foundation
internal import TestSupport

/// The program `sheafd`, serving one repository to this machine.
final class BundleServer: Sendable {
    private let program: BackgroundProgram
    /// Where it listens.
    let port: Int
    /// Where it puts what is too large for its memory.
    let temporaryFolder: String

    init(
        _ place: Workplace, folder: String, repository: String, options: [String] = []
    ) async throws {
        temporaryFolder = "\(folder)/tmp"
        try FileManager.default.createDirectory(
            atPath: temporaryFolder, withIntermediateDirectories: true)
        let program = try BackgroundProgram(
            place.beside("sheafd"),
            [
                "serve", "--listen", "127.0.0.1:0", "--repository", repository,
                "--tokens", "\(folder)/tokens.json",
            ] + options,
            environment: ["HOME": folder, "TMPDIR": temporaryFolder],
            directory: URL(filePath: folder), log: URL(filePath: "\(folder)/server.log"))
        try await program.ready { Self.port(in: program.output) != nil }
        guard let port = Self.port(in: program.output) else {
            throw BenchError("sheafd did not say where it listens: \(program.output)")
        }
        self.program = program
        self.port = port
    }

    /// The process that everything of the server descends from.
    var processID: Int32 { program.processID }

    /// What it and its children take.
    var usage: ProcessTree { ProcessTree(below: [processID]) }

    /// How many files it has put there.
    var temporaryFiles: Int {
        FileManager.default.enumerator(atPath: temporaryFolder)?.allObjects.count ?? 0
    }

    /// What it has written to its log.
    var log: String { program.output }

    private static func port(in banner: String) -> Int? {
        banner.firstMatch(of: /serving http:\/\/127\.0\.0\.1:(\d+)\//).flatMap { Int($0.output.1) }
    }
}
