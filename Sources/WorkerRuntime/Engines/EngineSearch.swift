internal import BundleRepository
internal import Foundation

/// Finds an engine that is in no record: its supervisor was killed in the moment between starting it
/// and writing down its number.
///
/// An engine has its worker's directory in its environment, and leads a session of its own. Linux shows
/// both of each process of the same user, in `/proc`; other systems show no environment, and nothing is
/// found there.
enum EngineSearch {
    /// The engine of a worker; nil when there is none.
    static func find(_ place: WorkerDirectory) -> HostProcess? {
        #if os(Linux)
            let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
            let found = names.compactMap(Int32.init).filter { isOf(place, $0) }
            // What an engine starts can lead a session too, and comes after it.
            return found.compactMap { number in
                startOfLeader(number).map { (number, $0) }
            }.min { $0.1 < $1.1 }.flatMap { HostProcess(number: $0.0) }
        #else
            return nil
        #endif
    }

    #if os(Linux)
        private static func isOf(_ place: WorkerDirectory, _ number: Int32) -> Bool {
            guard let bytes = FileManager.default.contents(atPath: "/proc/\(number)/environ")
            else { return false }
            let prefix = Array("SHEAF_WORKER_DIR=".utf8)
            return bytes.split(separator: 0).contains { entry in
                entry.starts(with: prefix)
                    && isSame(
                        String(decoding: entry.dropFirst(prefix.count), as: UTF8.self), place.root)
            }
        }

        /// Whether two paths name one directory: a store can be opened by more than one path.
        private static func isSame(_ one: String, _ other: String) -> Bool {
            if one == other { return true }
            guard let first = identity(one), let second = identity(other) else { return false }
            return first == second
        }

        private static func identity(_ path: String) -> [UInt64]? {
            guard let attributes = try? FileManager.default.attributesOfItem(atPath: path),
                let device = attributes[.systemNumber] as? NSNumber,
                let file = attributes[.systemFileNumber] as? NSNumber
            else { return nil }
            return [device.uint64Value, file.uint64Value]
        }

        /// When the process was started, in ticks since the system was, if it leads a session.
        private static func startOfLeader(_ number: Int32) -> UInt64? {
            guard let bytes = FileManager.default.contents(atPath: "/proc/\(number)/stat"),
                let rest = String(decoding: bytes, as: UTF8.self).split(separator: ")").last
            else { return nil }
            // Behind the name: state, parent, group, session; the start is the twentieth.
            let fields = rest.split(separator: " ")
            guard fields.count > 19, fields[3] == "\(number)" else { return nil }
            return UInt64(fields[19])
        }
    #endif
}
