internal import Foundation

/// The processor time of some processes and of everything they start from now on, also of what
/// nobody waits for: `fcgiwrap` leaves its programs to the system.
///
/// It is a control group's, which Linux lets root make. Elsewhere it is what `/proc` says, and the
/// time of programs that nobody waited for is missing.
final class ProcessorAccount {
    private let processes: [Int32]
    private let group: String?

    init(of processes: [Int32]) {
        self.processes = processes
        group = Self.group(for: ProcessTree(below: processes).ids)
    }

    deinit {
        // A group goes when its processes are elsewhere.
        guard let group, let parent = Self.parents.first(where: group.hasPrefix) else { return }
        Self.move(ProcessTree(below: processes).ids, to: parent)
        unsafe rmdir(group)
    }

    /// Seconds of all processors, in programs and for them in the system.
    var seconds: Double {
        guard let group else { return ProcessTree(below: processes).processorSeconds }
        let text = try? String(contentsOfFile: "\(group)/cpu.stat", encoding: .utf8)
        let line = text?.split(separator: "\n").first { $0.hasPrefix("usage_usec ") }
        return (line.flatMap { Double($0.dropFirst(11)) } ?? 0) / 1e6
    }

    /// Where the second version of control groups may be, source: cgroups(7).
    private static let parents = ["/sys/fs/cgroup/unified", "/sys/fs/cgroup"]

    private static func group(for processes: [Int32]) -> String? {
        for parent in parents
        where FileManager.default.fileExists(atPath: "\(parent)/cgroup.controllers") {
            let group = "\(parent)/sheaf-bench-\(UUID().uuidString)"
            guard unsafe mkdir(group, 0o755) == 0 else { continue }
            if move(processes, to: group) { return group }
            unsafe rmdir(group)
        }
        return nil
    }

    @discardableResult
    private static func move(_ processes: [Int32], to group: String) -> Bool {
        processes.allSatisfy { process in
            let file = FileHandle(forWritingAtPath: "\(group)/cgroup.procs")
            return (try? file?.write(contentsOf: Data("\(process)\n".utf8))) != nil
        }
    }
}
