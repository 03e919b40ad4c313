internal import Foundation

/// What some processes and everything they started have taken, from `/proc`; nothing where the
/// system has none.
///
/// The time of processes that have ended counts with whoever waited for them, all the way up; of
/// those that nobody waited for it is lost.
struct ProcessTree: Sendable {
    /// The processes, those given first.
    private(set) var ids: [Int32] = []
    /// Seconds of all processors, in programs and for them in the system.
    private(set) var processorSeconds = 0.0
    /// Bytes in memory, shared pages counted with each process.
    private(set) var residentBytes = 0
    /// Processes that have ended and that nobody waited for.
    private(set) var zombies = 0
    /// Threads of all processes.
    private(set) var threads = 0
    /// Open descriptors of all processes.
    private(set) var descriptors = 0

    /// The tree below some processes, and themselves.
    init(below roots: [Int32]) {
        let all = Self.all()
        var children: [Int32: [Int32]] = [:]
        for (process, line) in all { children[line.parent, default: []].append(process) }
        var waiting = roots
        while let process = waiting.popLast() {
            guard let line = all[process] else { continue }
            waiting += children[process] ?? []
            ids.append(process)
            processorSeconds += line.ticks / 100
            residentBytes += line.pages * Int(sysconf(Int32(_SC_PAGESIZE)))
            zombies += line.state == "Z" ? 1 : 0
            threads += line.threads
            let open = try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(process)/fd")
            descriptors += open?.count ?? 0
        }
    }

    /// One process, as `/proc/<id>/stat` has it; source: proc(5).
    private struct Line {
        let state: Substring
        let parent: Int32
        let ticks: Double
        let threads: Int
        let pages: Int

        init?(_ text: String) {
            // The name stands in parentheses and may hold anything.
            guard let end = text.lastIndex(of: ")") else { return nil }
            let fields = text[end...].split(separator: " ").dropFirst()
            func field(_ number: Int) -> Substring? {
                let index = fields.startIndex + number - 3
                return fields.indices.contains(index) ? fields[index] : nil
            }
            guard let state = field(3), let parent = field(4).flatMap({ Int32($0) }),
                let threads = field(20).flatMap({ Int($0) }),
                let pages = field(24).flatMap({ Int($0) })
            else { return nil }
            self.state = state
            self.parent = parent
            self.threads = threads
            self.pages = pages
            ticks = (14...17).reduce(0) { $0 + (field($1).flatMap { Double($0) } ?? 0) }
        }
    }

    private static func all() -> [Int32: Line] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        var all: [Int32: Line] = [:]
        for name in names {
            guard let process = Int32(name),
                let bytes = FileManager.default.contents(atPath: "/proc/\(name)/stat")
            else { continue }
            all[process] = Line(String(decoding: bytes, as: UTF8.self))
        }
        return all
    }
}
