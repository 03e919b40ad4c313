internal import Foundation
internal import Subprocess

#if canImport(System)
    internal import System
#else
    internal import SystemPackage
#endif

/// The peak resident memory of a command, as the operating system accounts for it.
enum PeakMemory {
    /// Runs a command below a fresh copy of this program, so that nothing else is counted.
    static func of(_ place: Workplace, _ command: [String]) async throws -> Int {
        let output = try await place.run(
            URL(filePath: CommandLine.arguments[0]).resolvingSymlinksInPath().path,
            ["--peak-memory"] + command)
        let text = String(decoding: output, as: UTF8.self)
        guard let line = text.split(separator: "\n").last, let bytes = Int(line) else {
            throw BenchError("no peak memory was reported")
        }
        return bytes
    }

    static func runChild(_ command: [String]) async {
        do {
            let result = try await Subprocess.run(
                .path(FilePath(command[0])), arguments: Arguments(Array(command.dropFirst())),
                output: .discarded, error: .currentStandardError)
            guard case .exited(0) = result.terminationStatus else { exit(1) }
        } catch {
            exit(3)
        }
        var usage = rusage()
        #if canImport(Glibc)
            let unit = 1024
            unsafe _ = getrusage(RUSAGE_CHILDREN.rawValue, &usage)
        #else
            let unit = 1
            unsafe _ = getrusage(RUSAGE_CHILDREN, &usage)
        #endif
        print(Int(usage.ru_maxrss) * unit)
    }
}
