internal import Foundation
internal import LibGit2

/// Where a repository keeps what its gate remembers, shared with whom the repository is shared.
struct GateFolder: Sendable {
    /// The directory, without a slash at its end.
    let path: String
    /// What `core.sharedRepository` says of modes; nil where the umask decides.
    private let sharing: SharedMode?

    /// Names the folder of a repository; nothing is made yet.
    init(_ repository: borrowing Repository) {
        path = repository.path + "sheaf.verified"
        let configured = try? repository.configString("core.sharedRepository")
        sharing = configured.flatMap { SharedMode($0) }
    }

    func file(_ name: String) -> String { "\(path)/\(name)" }

    func files(beginningWith prefix: String) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        return names.filter { $0.hasPrefix(prefix) }.map(file)
    }

    /// Makes the folder when it is not there.
    func make() {
        let manager = FileManager.default
        if manager.fileExists(atPath: path) { return }
        try? manager.createDirectory(atPath: path, withIntermediateDirectories: true)
        share(path, isDirectory: true)
    }

    /// Writes a file in one step. A failure is none of the push: what is here saves time alone.
    func write(_ bytes: [UInt8], named name: String) {
        make()
        do {
            try FileContents.replace(bytes, at: file(name))
            share(file(name), isDirectory: false)
        } catch {
            // The next push does the work again.
        }
    }

    private func share(_ file: String, isDirectory: Bool) {
        let manager = FileManager.default
        guard let sharing,
            let old = try? manager.attributesOfItem(atPath: file)[.posixPermissions] as? NSNumber
        else { return }
        let mode = sharing.mode(of: old.intValue, isDirectory: isDirectory)
        try? manager.setAttributes([.posixPermissions: mode], ofItemAtPath: file)
    }
}
