package import Foundation

/// A small file system of its own in memory, which a test fills; it goes with the last reference.
///
/// It needs the right to mount one.
package final class SmallDisk: Sendable {
    /// Where it is mounted.
    package let path: String

    /// Mounts one at a directory, which is made; nil when that is refused.
    package init?(at url: URL, megabytes: Int) async throws {
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        path = url.path(percentEncoded: false)
        let mount = try await Program("mount", environment: TestEnvironment.base, directory: url)
            .run(["-t", "tmpfs", "-o", "size=\(megabytes)m,mode=0700", "none", path])
        guard mount.succeeded else { return nil }
    }

    deinit {
        let unmount = Process()
        unmount.executableURL = URL(filePath: "/bin/umount")
        unmount.arguments = ["-l", path]
        try? unmount.run()
        unmount.waitUntilExit()
    }

    /// Fills it but for this much room.
    package func leave(_ bytes: Int) throws {
        try empty()
        let attributes = try FileManager.default.attributesOfFileSystem(forPath: path)
        let free = (attributes[.systemFreeSize] as? NSNumber)?.intValue ?? 0
        try Data(count: max(0, free - bytes)).write(to: URL(filePath: "\(path)/filler"))
    }

    /// Takes away what filled it.
    package func empty() throws {
        if FileManager.default.fileExists(atPath: "\(path)/filler") {
            try FileManager.default.removeItem(atPath: "\(path)/filler")
        }
    }

    /// Whether this process may mount one.
    package static let canBeMounted: Bool = {
        let mount = Process()
        mount.executableURL = URL(filePath: "/bin/sh")
        mount.arguments = [
            "-c",
            """
            d=$(mktemp -d) && mount -t tmpfs -o size=64k none $d && umount $d
            s=$?; rmdir $d; exit $s
            """,
        ]
        mount.standardError = FileHandle.nullDevice
        guard (try? mount.run()) != nil else { return false }
        mount.waitUntilExit()
        return mount.terminationStatus == 0
    }()
}
