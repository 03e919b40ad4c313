public import BundleModel
internal import Foundation
internal import LibGit2

/// The bundles of a checkout as they are staged, not as the working files are.
public struct StagedBundles: Sendable {
    /// A bundle that the next commit changes.
    public struct Checked: Sendable, Hashable {
        /// Its directory below the top of the checkout; empty for the top itself.
        public let directory: String
        /// Everything that is wrong, by paths from the top of the checkout.
        public let findings: [Finding]
    }

    /// A file of the index.
    struct Entry {
        let mode: String
        let id: ObjectID
        let path: [UInt8]
    }

    private let directory: String
    private let environment: [String: String]
    private let git: GitProgram
    private let limits: ContentLimits

    /// Looks at what is staged in the directory and environment that Git runs a hook in.
    public init(directory: String = ".", environment: [String: String]) {
        self.init(directory: directory, environment: environment, git: GitProgram())
    }

    package init(
        directory: String, environment: [String: String], git: GitProgram,
        limits: ContentLimits = .standard
    ) {
        self.directory = directory
        self.environment = environment
        self.git = git
        self.limits = limits
    }

    /// Checks every bundle that the commit touches: a directory with a bundle.yaml, and the top of
    /// a checkout of a bundle's branch.
    ///
    /// Throws `io_error` when Git does not say what is staged.
    public func check() async throws(SheafError) -> [Checked] {
        let copy = try await WorkingCopy.find(directory, git: git, environment: environment)
        let entries = try await entries(copy)
        let touched = try await touched(copy)
        var isBundleBranch = false
        if case .revisions? = try await copy.branch().flatMap({ try? GatedBranch($0) }) {
            isBundleBranch = true
        }
        var roots = Self.roots(entries)
        if isBundleBranch { roots = [[]] }
        let repository = try copy.open()
        var checked: [Checked] = []
        for root in roots where touched.contains(where: { $0.starts(with: root) }) {
            let below = entries.filter { $0.path.starts(with: root) }
            let findings = try StagedTree(
                entries: below, root: root, isBranch: isBundleBranch, limits: limits
            ).findings(repository)
            let text = String(decoding: root.dropLast(), as: UTF8.self)
            checked.append(Checked(directory: text, findings: findings))
        }
        return checked
    }

    /// Directories with a bundle.yaml, each ending in `/`, the outermost alone.
    private static func roots(_ entries: [Entry]) -> [[UInt8]] {
        let manifest = Array("bundle.yaml".utf8)
        let found = entries.compactMap { entry -> [UInt8]? in
            guard entry.path.reversed().starts(with: manifest.reversed()) else { return nil }
            let root = Array(entry.path.dropLast(manifest.count))
            return root.isEmpty || root.last == 0x2F ? root : nil
        }.sorted { $0.count < $1.count }
        var roots: [[UInt8]] = []
        for root in found where !roots.contains(where: { root.starts(with: $0) }) {
            roots.append(root)
        }
        return roots.sorted { $0.lexicographicallyPrecedes($1) }
    }

    private func entries(_ copy: WorkingCopy) async throws(SheafError) -> [Entry] {
        // --full-name and the top as the directory, wherever the hook was started.
        let listed = try await copy.run(
            "ls-files", "--stage", "--full-name", "-z", "--", ":(top)")
        guard listed.status == 0 else {
            throw SheafError(.ioError, "Git does not say what is staged")
        }
        return try listed.records.map { (record) throws(SheafError) in
            let parts = record.split(separator: UInt8(ascii: "\t"), maxSplits: 1)
            let facts = parts.first?.split(separator: 0x20) ?? []
            guard parts.count == 2, facts.count == 3,
                let id = ObjectID(hex: String(decoding: facts[1], as: UTF8.self))
            else { throw SheafError(.ioError, "Git says in an unknown form what is staged") }
            return Entry(
                mode: String(decoding: facts[0], as: UTF8.self), id: id, path: Array(parts[1]))
        }
    }

    /// The paths that the commit changes, adds or removes.
    private func touched(_ copy: WorkingCopy) async throws(SheafError) -> [[UInt8]] {
        let empty = "4b825dc642cb6eb9a060e54bf8d69288fbee4904"
        let base = try await copy.commit("HEAD")?.hex ?? empty
        let changed = try await copy.run(
            "diff-index", "--cached", "--name-only", "--no-renames", "-z", base)
        guard changed.status == 0 else {
            throw SheafError(.ioError, "Git does not say what is staged")
        }
        return changed.records
    }
}
