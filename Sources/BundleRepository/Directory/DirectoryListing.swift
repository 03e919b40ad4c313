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
    private(set) var findings: [Finding] = []
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
            let shown = String(
                decoding: Array(components.joined(separator: [0x2F])), as: UTF8.self)
            if entry.name == Self.git {
                leaveGitOut(shown, isTop: parents.isEmpty, entry.kind)
                continue
            }
            switch entry.kind {
            case .file(let size, let isExecutable):
                if Self.gitNames.contains(entry.name) {
                    hasIgnoreFile = hasIgnoreFile || entry.name == Array(".gitignore".utf8)
                    leftOut.append(LeftOutFile(path: shown, reason: .git))
                } else if entry.name == Self.desktop {
                    leftOut.append(LeftOutFile(path: shown, reason: .desktop))
                } else {
                    files.append(
                        File(components: components, size: size, isExecutable: isExecutable))
                }
            case .directory:
                guard components.count <= limits.pathDepth else {
                    // Files below are not looked at; Git's own rules may still take it out.
                    findings.append(
                        Finding(
                            code: .limitExceeded, rule: "path-too-deep", path: shown,
                            message: "the directory is deeper than \(limits.pathDepth) levels",
                            hint: "use fewer levels"))
                    continue
                }
                try list(try directory.directory(named: entry.name), below: components, limits)
            case .symbolicLink:
                refuse(shown, "symbolic-link", "is a symbolic link", "put the file itself there")
            case .other:
                refuse(
                    shown, "special-file", "is a socket, pipe or device",
                    "keep live state outside the bundle")
            }
        }
    }

    private mutating func leaveGitOut(
        _ shown: String, isTop: Bool, _ kind: DirectoryHandle.Entry.Kind
    ) {
        if isTop {
            leftOut.append(
                LeftOutFile(path: kind == .directory ? shown + "/" : shown, reason: .git))
        } else {
            refuse(
                shown, "submodule", "makes its directory a repository of its own",
                "a bundle holds files only; copy them in")
        }
    }

    private mutating func refuse(
        _ path: String, _ rule: String, _ problem: String, _ hint: String
    ) {
        findings.append(
            Finding(
                code: .malformedBundle, rule: rule, path: path, message: "this \(problem)",
                hint: hint))
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
        findings.removeAll { finding in
            finding.path.map { path in
                ignored.contains(Array(path.utf8) + [0x2F])
                    || isIgnored(path.utf8.split(separator: 0x2F).map(Array.init))
            } ?? false
        }
        leftOut += ignored.map {
            LeftOutFile(path: String(decoding: $0, as: UTF8.self), reason: .ignored)
        }
    }
}
