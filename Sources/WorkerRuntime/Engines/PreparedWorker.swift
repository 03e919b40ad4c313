internal import BundleModel
internal import BundleRepository
internal import Foundation

/// The directory of a worker, made beside its place and put there when it is whole.
struct PreparedWorker: Sendable {
    let launch: WorkerLaunch
    let workers: String
    let token: String

    /// Makes the directory.
    ///
    /// Returns false when a supervisor has the worker, or had it. Throws `io_error`, and as reading
    /// the bundle does.
    func make() throws(SheafError) -> Bool {
        let draft = WorkerDirectory(root: "\(workers)/.new-\(token)")
        do throws(SheafError) {
            try fill(draft)
            return try put(draft)
        } catch {
            Self.remove(draft.root)
            throw error
        }
    }

    /// Takes away what processes that were killed had begun to make or to remove, or had not come to
    /// remove. Only the owner of
    /// the store makes anything here, and this comes before all of that.
    static func removeLeftovers(in workers: String) {
        let manager = FileManager.default
        let names = (try? manager.contentsOfDirectory(atPath: workers)) ?? []
        for name in names {
            let place = WorkerDirectory(root: "\(workers)/\(name)")
            if name.hasPrefix(".new-") || name.hasPrefix(".old-") {
                remove(place.root)
            } else if manager.fileExists(atPath: place.end),
                manager.fileExists(atPath: place.bundle)
            {
                remove(place.bundle)
                remove(place.temporary)
            }
        }
    }

    /// Removes a directory, also where parts of it are read-only.
    static func remove(_ path: String) {
        let manager = FileManager.default
        // What is in a directory can go only when that itself can be written to.
        try? manager.setAttributes([.posixPermissions: 0o700], ofItemAtPath: path)
        if let entries = manager.enumerator(atPath: path) {
            for case let name as String in entries
            where entries.fileAttributes?[.type] as? FileAttributeType == .typeDirectory {
                try? manager.setAttributes(
                    [.posixPermissions: 0o700], ofItemAtPath: "\(path)/\(name)")
            }
        }
        try? manager.removeItem(atPath: path)
    }

    /// Puts the directory in its place; an older one there, of a start that never came to begin the
    /// engine, makes way.
    private func put(_ draft: WorkerDirectory) throws(SheafError) -> Bool {
        let place = WorkerDirectory(launch.worker, in: workers)
        guard FileManager.default.fileExists(atPath: place.root) else {
            try Self.move(draft.root, place.root)
            return true
        }
        // A supervisor takes this lock before it begins, and looks at the token after.
        let lock = try HostLock.take(path: place.lock, within: .seconds(1))
        guard let lock, try Self.isFree(place) else {
            Self.remove(draft.root)
            return false
        }
        defer { withExtendedLifetime(lock) {} }
        let old = "\(workers)/.old-\(token)"
        try Self.move(place.root, old)
        try Self.move(draft.root, place.root)
        Self.remove(old)
        return true
    }

    /// Whether no engine came to run in a directory, and none was forbidden to.
    private static func isFree(_ place: WorkerDirectory) throws(SheafError) -> Bool {
        if let end = try EngineEnd.read(place) { return end.isBeforeRunning }
        return try HostRecordFile.read(place.begun) == nil
    }

    static func move(_ from: String, _ to: String) throws(SheafError) {
        do {
            try FileManager.default.moveItem(atPath: from, toPath: to)
        } catch {
            throw SheafError(.ioError, "the directory of a worker cannot be put in its place")
        }
    }

    // MARK: What is inside

    private func fill(_ directory: WorkerDirectory) throws(SheafError) {
        try Self.makeDirectories([workers] + directory.all)
        try write(Array(try launch.document().utf8), directory.specification, 0o444)
        try write(Array(WorkerSpecSchema.json.utf8), directory.specificationSchema, 0o444)
        try write(Array(launch.specification.intent.input.utf8), directory.input, 0o400)
        try write(Array(token.utf8), directory.token, 0o400)
        if let contents = launch.contents { try materialise(contents, directory) }
        try linkMounts(directory)
    }

    /// Writes the bundle's files, which nobody may write to.
    private func materialise(
        _ contents: PinnedBundle, _ directory: WorkerDirectory
    ) throws(SheafError) {
        var folders: Set<String> = [directory.bundle]
        let paths = contents.documents.paths.sorted { $0.text < $1.text }
        for path in paths {
            var folder = directory.bundle
            for component in path.text.split(separator: "/").dropLast() {
                folder += "/\(component)"
                folders.insert(folder)
            }
        }
        let ordered = folders.sorted()
        try Self.makeDirectories(ordered)
        for path in paths {
            try write(
                try contents.file(path, remembering: false), "\(directory.bundle)/\(path.text)",
                0o444)
        }
        for folder in ordered.reversed() { try Self.setMode(0o555, folder) }
    }

    /// A mount is a link in the working directory, where its declaration says.
    private func linkMounts(_ directory: WorkerDirectory) throws(SheafError) {
        let links = try MountPlaces(launch.specification.decision.granted).links
        for (place, path) in links {
            let link = "\(directory.work)/\(place)"
            try Self.makeDirectories([(link as NSString).deletingLastPathComponent])
            do {
                try FileManager.default.createSymbolicLink(
                    atPath: link, withDestinationPath: path)
            } catch {
                throw SheafError(
                    .ioError, "a mount of worker '\(launch.worker)' cannot be put in its place")
            }
        }
    }

    static func makeDirectories(_ paths: [String]) throws(SheafError) {
        do {
            for path in paths {
                try FileManager.default.createDirectory(
                    atPath: path, withIntermediateDirectories: true,
                    attributes: [.posixPermissions: 0o700])
            }
        } catch {
            throw SheafError(.ioError, "the directory of a worker cannot be made")
        }
    }

    private static func setMode(_ mode: Int, _ path: String) throws(SheafError) {
        do {
            try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
        } catch {
            throw SheafError(.ioError, "a file of a worker cannot be made read-only")
        }
    }

    private func write(_ bytes: [UInt8], _ path: String, _ mode: Int) throws(SheafError) {
        do {
            try Data(bytes).write(to: URL(filePath: path))
        } catch {
            throw SheafError(.ioError, "a file of worker '\(launch.worker)' cannot be written")
        }
        try Self.setMode(mode, path)
    }
}
