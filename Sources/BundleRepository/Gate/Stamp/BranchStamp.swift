public import BundleModel
internal import Foundation
internal import LibGit2

/// Renews the trailers of the commits that a local branch has and its upstream has not.
///
/// After a rebase their numbers, digests and parents are others than their messages say. The
/// commits are written anew in their order, each with its own tree, author, author's date, text and
/// trailers; the branch moves in one step. What is right already stays the same commit.
public struct BranchStamp: Sendable {
    /// Which commits are stamped.
    public enum Base: Sendable, Hashable {
        /// Those that the upstream branch does not have.
        case upstream
        /// Those behind a revision of Git's, e.g. `origin/bundles/support-agents`.
        case revision(String)
        /// All of them: the first revision of a new bundle is among them.
        case root
    }

    /// A commit and what became of it.
    public struct Stamped: Sendable, Hashable {
        /// The commit as it was.
        public let old: CommitID
        /// The commit that took its place; the same when it was right.
        public let new: CommitID
        /// The number of the revision.
        public let revision: Int
        /// The first line of its message.
        public let subject: String
        /// Whether a signature was dropped, because it does not hold for the new commit.
        public let lostSignature: Bool
    }

    /// What was done.
    public struct Result: Sendable, Hashable {
        /// The branch that is checked out.
        public let branch: String
        /// The commits, oldest first.
        public let commits: [Stamped]
    }

    private let directory: String
    private let git: GitProgram
    private let limits: ContentLimits

    /// Stamps in a checkout.
    public init(directory: String = ".") {
        self.init(directory: directory, git: GitProgram())
    }

    package init(directory: String, git: GitProgram, limits: ContentLimits = .standard) {
        self.directory = directory
        self.git = git
        self.limits = limits
    }

    /// Writes the commits anew and moves the branch, unless nothing is to be changed.
    ///
    /// - Throws: `conflict` when the branch does not follow its base, was moved meanwhile, or a
    ///   rebase is going on; `history_rewritten` for a merge; `invalid_request` without a branch or
    ///   base; `malformed_bundle`, `workspace_mismatch` and `provenance_invalid` for what cannot be
    ///   stamped.
    public func stamp(from base: Base, dryRun: Bool = false) async throws(SheafError) -> Result {
        let copy = try await WorkingCopy.find(directory, git: git, environment: [:])
        guard let branch = try await copy.branch() else {
            let isRebasing = try await copy.has(["rebase-merge", "rebase-apply"])
            throw SheafError(
                isRebasing ? .conflict : .invalidRequest,
                isRebasing ? "a rebase is going on" : "no branch is checked out",
                hint: isRebasing ? "git rebase --continue, then 'sheaf stamp'" : "git switch to it")
        }
        guard let head = try await copy.commit("HEAD") else {
            throw SheafError(.invalidRequest, "the branch has no commit yet")
        }
        let start = try await start(base, head, copy)
        let identity = try await Identity.current(in: directory, git: git)
        let source = try await copy.source(after: head)
        let directorySource = try await copy.source(after: nil)
        let place = Self.place(of: source)
        return try write(
            from: start, to: head, on: branch, identity, dryRun: dryRun, try copy.open()
        ) { parent in
            guard let parent, let renewed = BundleSource("\(place)@\(parent)") else {
                return directorySource
            }
            return renewed
        }
    }

    /// The commit that stays as it is; nil when all are stamped.
    private func start(
        _ base: Base, _ head: CommitID, _ copy: WorkingCopy
    ) async throws(SheafError) -> CommitID? {
        let name: String
        switch base {
        case .root: return nil
        case .upstream: name = "@{upstream}"
        case .revision(let text): name = text
        }
        guard let start = try await copy.commit(name) else {
            throw SheafError(
                .invalidRequest,
                base == .upstream
                    ? "the branch has no upstream"
                    : "'\(DisplayText.escape(name))' names no commit here",
                hint: "name what stays as it is: sheaf stamp origin/bundles/<bundle>, or --root")
        }
        let isBehind = try await copy.run("merge-base", "--is-ancestor", start.hex, head.hex)
        guard isBehind.status == 0 else {
            throw SheafError(
                .conflict, "the branch does not follow \(start.short)",
                hint: "git rebase onto it first, then 'sheaf stamp'")
        }
        return start
    }

    /// From here on nothing is awaited.
    private func write(
        from start: CommitID?, to head: CommitID, on branch: String, _ identity: Identity,
        dryRun: Bool, _ repository: consuming Repository, source: (CommitID?) -> BundleSource
    ) throws(SheafError) -> Result {
        let line = try line(from: start, to: head, repository)
        let rewriter = CommitRewriter(limits: limits, identity: identity.signature)
        var parent: Revision?
        if let start {
            parent = try rewriter.base(start, repository)
        }
        var commits: [Stamped] = []
        var written: [RawCommit] = []
        for commit in line {
            let step = try rewriter.rewrite(
                commit, after: parent, source: source(parent?.commit), repository)
            if let raw = step.written { written.append(raw) }
            commits.append(step.stamped)
            parent = step.revision
        }
        if !dryRun, let new = commits.last?.new, new != head {
            try put(written, branch, new, head, repository)
        }
        return Result(branch: branch, commits: commits)
    }

    private func line(
        from start: CommitID?, to head: CommitID, _ repository: borrowing Repository
    ) throws(SheafError) -> [CommitID] {
        let reader = CommitReader(limits: limits)
        var line: [CommitID] = []
        var next: CommitID? = head
        while let commit = next, commit != start {
            let parts = try reader.parts(repository, commit)
            guard parts.parents.count <= 1 else {
                throw SheafError(
                    .historyRewritten, "commit \(commit.short) is a merge",
                    hint: "git rebase makes one line of the history; merges would renumber it")
            }
            line.append(commit)
            next = parts.parents.first
        }
        return line.reversed()
    }

    private func put(
        _ commits: [RawCommit], _ branch: String, _ new: CommitID, _ old: CommitID,
        _ repository: borrowing Repository
    ) throws(SheafError) {
        do {
            try repository.writePack(objectCount: commits.count) { writer in
                for commit in commits { _ = try writer.add(.commit, commit.encode()) }
            }
            try repository.compareAndSwapReference(
                branch, to: try new.objectID(), expecting: try old.objectID(),
                logMessage: "sheaf stamp")
        } catch let error as SheafError {
            throw error
        } catch let error as GitError {
            throw SheafError(error, "the branch")
        } catch {
            throw SheafError(.ioError, "the commits cannot be written")
        }
    }

    /// A source without its commit.
    private static func place(of source: BundleSource) -> Substring {
        source.text.lastIndex(of: "@").map { source.text[..<$0] } ?? source.text[...]
    }
}
