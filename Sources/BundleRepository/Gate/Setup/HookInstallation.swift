public import BundleModel
internal import Foundation
internal import LibGit2

/// The hooks of one repository or checkout, where Git looks for them.
public struct HookInstallation: Sendable {
    /// How a hook stands.
    public enum State: String, Sendable, Hashable, Codable {
        /// There is none.
        case missing
        /// It is what this version of `sheaf` installs.
        case current
        /// It is one of Sheaf, but of another version or for another program.
        case outdated
        /// It is somebody else's.
        case foreign
        /// It is right and Git may not run it.
        case notExecutable = "not_executable"
    }

    /// A hook and how it was left.
    public struct Installed: Sendable, Hashable {
        /// The hook.
        public let hook: HookScript
        /// How it stood before.
        public let previous: State
    }

    /// The directory of the hooks.
    public let directory: String
    /// The program that the hooks run.
    public let program: String

    /// Names a directory of hooks, and the program that they run.
    public init(directory: String, program: String) {
        self.directory = directory
        self.program = program
    }

    /// Finds the directory of hooks as Git does: `core.hooksPath`, else the one of the repository,
    /// which all its worktrees share.
    ///
    /// Throws `not_found` where there is no repository, `conflict` when the user's own or the
    /// machine's configuration puts the hooks of all repositories in one place.
    public static func find(
        in place: String, program: String
    ) async throws(SheafError) -> HookInstallation {
        try await find(in: place, program: program, git: GitProgram())
    }

    package static func find(
        in place: String, program: String, git: GitProgram
    ) async throws(SheafError) -> HookInstallation {
        guard FileManager.default.fileExists(atPath: place) else {
            throw missing(place)
        }
        let found = try await git.run(
            ["rev-parse", "--path-format=absolute", "--git-path", "hooks"], in: place)
        guard found.status == 0, found.line.hasPrefix("/") else { throw missing(place) }
        let configured = try await git.run(
            ["config", "--show-scope", "--get", "core.hooksPath"], in: place)
        let isShared =
            configured.status == 0
            && !configured.line.hasPrefix("local\t") && !configured.line.hasPrefix("worktree\t")
        if isShared {
            throw SheafError(
                .conflict,
                "core.hooksPath puts the hooks of all repositories of this user in one "
                    + "place",
                hint: "git config --local core.hooksPath hooks gives this one its own; in a "
                    + "checkout, .git/hooks")
        }
        return HookInstallation(directory: found.line, program: program)
    }

    /// How a hook stands now.
    public func state(of hook: HookScript) -> State {
        let file = path(of: hook)
        guard let type = Self.type(of: file) else { return .missing }
        guard type == .typeRegular,
            let bytes = try? FileContents.read(path: file, maximumBytes: 64 << 10)
        else { return .foreign }
        let text = String(decoding: bytes, as: UTF8.self)
        if text == hook.text(program: program) {
            return FileManager.default.isExecutableFile(atPath: file) ? .current : .notExecutable
        }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        return lines.count > 2 && lines[2].hasPrefix(HookScript.mark) ? .outdated : .foreign
    }

    /// Writes hooks that are not as they should be.
    ///
    /// Throws `conflict` before anything is written when one of them is somebody else's and may not
    /// be replaced, `io_error` when the directory cannot be written to.
    public func install(
        _ hooks: [HookScript], replacingForeign: Bool = false
    ) throws(SheafError) -> [Installed] {
        let before = hooks.map { Installed(hook: $0, previous: state(of: $0)) }
        if !replacingForeign, let foreign = before.first(where: { $0.previous == .foreign }) {
            let name = foreign.hook.rawValue
            throw SheafError(
                .conflict, "there is another \(name) hook already, and it is not Sheaf's",
                details: ["hook": name],
                hint: "call 'sheaf hook \(name)' from it, or replace it with --force")
        }
        for one in before where one.previous != .current { try write(one.hook) }
        return before
    }

    private func write(_ hook: HookScript) throws(SheafError) {
        let file = path(of: hook)
        do {
            try FileManager.default.createDirectory(
                atPath: directory, withIntermediateDirectories: true)
            if Self.type(of: file) == .typeDirectory {
                try FileManager.default.removeItem(atPath: file)
            }
            // In one step, so that no push meets half a hook.
            try FileContents.replaceDurably(
                Array(hook.text(program: program).utf8), at: file, mode: 0o755)
        } catch {
            throw SheafError(
                .ioError, "the \(hook.rawValue) hook cannot be written",
                hint: "who installs hooks must own the repository")
        }
    }

    private func path(of hook: HookScript) -> String { "\(directory)/\(hook.rawValue)" }

    private static func type(of file: String) -> FileAttributeType? {
        let attributes = try? FileManager.default.attributesOfItem(atPath: file)
        return attributes?[.type] as? FileAttributeType
    }

    private static func missing(_ place: String) -> SheafError {
        SheafError(
            .notFound, "there is no Git repository at '\(DisplayText.escape(place))'",
            hint: "name a bare repository with --repository, or a clone with --checkout")
    }
}
