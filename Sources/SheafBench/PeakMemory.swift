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
        print(ofChildren)
    }

    /// Of all children of this process that have ended.
    private static var ofChildren: Int {
        var usage = rusage()
        #if canImport(Glibc)
            unsafe _ = getrusage(RUSAGE_CHILDREN.rawValue, &usage)
        #else
            unsafe _ = getrusage(RUSAGE_CHILDREN, &usage)
        #endif
        return Int(usage.ru_maxrss) * unit
    }

    /// Of this process, in bytes.
    static var own: Int {
        var usage = rusage()
        #if canImport(Glibc)
            unsafe _ = getrusage(RUSAGE_SELF.rawValue, &usage)
        #else
            unsafe _ = getrusage(RUSAGE_SELF, &usage)
        #endif
        return Int(usage.ru_maxrss) * unit
    }

    #if canImport(Glibc)
        private static let unit = 1024
    #else
        private static let unit = 1
    #endif
}
