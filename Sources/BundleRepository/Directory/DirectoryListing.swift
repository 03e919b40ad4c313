internal import BundleModel
internal import LibGit2

/// The names and sizes of everything below a directory that could be part of a bundle.
struct DirectoryListing {
    struct File {
        /// The components as the file system has them.
        let components: [[UInt8]]
        let size: Int
        let isExecutable: Bool

        var joined: [UInt8] { Array(components.joined(separator: [0x2F])) }
    }

    private(set) var files: [File] = []
    private(set) var leftOut: [LeftOutFile] = []
    /// What is no file and has to be refused.
    private(set) var others: [RawEntry] = []
    private(set) var hasIgnoreFile = false

    private static let gitNames: Set<[UInt8]> = [
        Array(".gitignore".utf8), Array(".gitattributes".utf8),
    ]

    /// Whether a file of this name is never part of a bundle.
    static func isLeftOut(_ name: [UInt8]) -> Bool {
        gitNames.contains(name) || name == desktop
    }

    private static let git = Array(".git".utf8)
    private static let desktop = Array(".DS_Store".utf8)

    /// Lists a directory; throws `not_found` when it is not there and `io_error` when it cannot be
    /// read.
    init(root path: String, limits: ContentLimits) throws(SheafError) {
        do {
            let root = try DirectoryHandle(path: path)
            try list(root, below: [], limits)
        } catch {
            if error.isMissing {
                throw SheafError(
                    .notFound, "there is no directory '\(DisplayText.escape(path))'",
                    hint: "'sheaf new DIR' makes one")
            }
            throw SheafError(error, "the directory '\(DisplayText.escape(path))'")
        }
    }

    private mutating func list(
        _ directory: borrowing DirectoryHandle, below parents: [[UInt8]], _ limits: ContentLimits
    ) throws(FileSystemError) {
        for entry in try directory.entries() {
            let components = parents + [entry.name]
            if entry.name == Self.git {
                leaveGitOut(components, entry.kind)
                continue
            }
            switch entry.kind {
            case .file(let size, let isExecutable):
                if Self.gitNames.contains(entry.name) {
                    hasIgnoreFile = hasIgnoreFile || entry.name == Array(".gitignore".utf8)
                    leftOut.append(LeftOutFile(path: Self.shown(components), reason: .git))
                } else if entry.name == Self.desktop {
                    leftOut.append(LeftOutFile(path: Self.shown(components), reason: .desktop))
                } else {
                    files.append(
                        File(components: components, size: size, isExecutable: isExecutable))
                }
            case .directory:
                let child = try directory.directory(named: entry.name)
                if RawListing.opensDirectories(atDepth: components.count, limits) {
                    try list(child, below: components, limits)
                } else if try !child.entries().isEmpty {
                    // What is below is not looked at; Git's own rules may still take it out.
                    add(components, .closedDirectory)
                }
            case .symbolicLink: add(components, .symbolicLink)
            case .other: add(components, .special)
            }
        }
    }

    private mutating func leaveGitOut(
        _ components: [[UInt8]], _ kind: DirectoryHandle.Entry.Kind
    ) {
        if components.count == 1 {
            leftOut.append(
                LeftOutFile(path: kind == .directory ? ".git/" : ".git", reason: .git))
        } else {
            add(components.dropLast(), .submodule)
        }
    }

    private mutating func add(_ components: [[UInt8]], _ kind: RawEntry.Kind) {
        others.append(RawEntry(path: Array(components.joined(separator: [0x2F])), kind: kind))
    }

    private static func shown(_ components: [[UInt8]]) -> String {
        String(decoding: Array(components.joined(separator: [0x2F])), as: UTF8.self)
    }

    /// Takes out what Git's ignore rules exclude: paths of files, and of directories with a `/`.
    mutating func remove(ignored: Set<[UInt8]>) {
        guard !ignored.isEmpty else { return }
        let isIgnored: ([[UInt8]]) -> Bool = { components in
            var path: [UInt8] = []
            for (index, component) in components.enumerated() {
                path += component
                if index < components.count - 1 { path.append(0x2F) }
                if ignored.contains(path) { return true }
            }
            return false
        }
        files.removeAll { isIgnored($0.components) }
        others.removeAll { entry in
            ignored.contains(entry.path + [0x2F])
                || isIgnored(entry.path.split(separator: 0x2F).map(Array.init))
        }
        leftOut += ignored.map {
            LeftOutFile(path: String(decoding: $0, as: UTF8.self), reason: .ignored)
        }
    }
}
