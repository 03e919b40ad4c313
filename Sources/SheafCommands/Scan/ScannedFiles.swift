internal import BundleModel
internal import Dispatch
internal import Foundation
internal import Synchronization
internal import SystemPackage

/// Files after they were read once and scanned, on all cores.
struct ScannedFiles {
    /// Everything that was found, in the order of files and lines.
    let findings: [Finding]
    /// The bytes that were read.
    let bytes: Int

    /// How much of a file is in memory at a time.
    private static let part = 1 << 20

    private struct Progress {
        var next = 0
        var bytes = 0
        var findings: [[Finding]]
        var error: SheafError?
    }

    /// Reads and scans; throws `io_error` when a file cannot be read.
    init(_ files: [ScanList.File]) throws(SheafError) {
        let progress = Mutex(Progress(findings: Array(repeating: [], count: files.count)))
        let cores = min(files.count, ProcessInfo.processInfo.activeProcessorCount)
        DispatchQueue.concurrentPerform(iterations: cores) { _ in
            while let index = Self.take(progress, files.count) {
                do throws(SheafError) {
                    let (findings, bytes) = try Self.scan(files[index])
                    progress.withLock {
                        $0.findings[index] = findings
                        $0.bytes += bytes
                    }
                } catch {
                    progress.withLock { $0.error = $0.error ?? error }
                }
            }
        }
        let done = progress.withLock { $0 }
        if let error = done.error { throw error }
        findings = done.findings.flatMap { $0 }
        bytes = done.bytes
    }

    private static func take(_ progress: borrowing Mutex<Progress>, _ count: Int) -> Int? {
        progress.withLock { progress in
            guard progress.next < count, progress.error == nil else { return nil }
            progress.next += 1
            return progress.next - 1
        }
    }

    private static func scan(_ file: ScanList.File) throws(SheafError) -> ([Finding], Int) {
        var scan = FileScan(path: file.name, shownAs: file.shown)
        var total = 0
        do {
            let handle: FileHandle
            switch file.content {
            case .text(let text):
                scan.read(Array(text.utf8)[...], isLast: true)
                return (scan.findings, 0)
            case .file(let place):
                // Without waiting: what was a file may be a pipe by now.
                let descriptor = try FileDescriptor.open(
                    FilePath(place), .readOnly, options: [.nonBlocking, .closeOnExec])
                handle = FileHandle(
                    fileDescriptor: descriptor.rawValue, closeOnDealloc: true)
            case .standardInput:
                handle = FileHandle(
                    fileDescriptor: FileDescriptor.standardInput.rawValue, closeOnDealloc: false)
            }
            while true {
                let bytes = try read(handle)
                total += bytes.count
                scan.read(bytes[...], isLast: bytes.count < part)
                if bytes.count < part { return (scan.findings, total) }
            }
        } catch {
            throw SheafError(.ioError, "'\(DisplayText.escape(file.shown))' cannot be read")
        }
    }

    /// The next part of a file: less than a whole part only at its end.
    private static func read(_ file: FileHandle) throws -> [UInt8] {
        var bytes: [UInt8] = []
        while bytes.count < part {
            guard let more = try file.read(upToCount: part - bytes.count), !more.isEmpty else {
                break
            }
            bytes += more
        }
        return bytes
    }
}
