public import BundleModel
internal import Foundation
internal import LibGit2

/// Writes the trailers into the message of a commit that plain Git is about to make.
public struct MessageStamp: Sendable {
    /// What was done.
    public enum Outcome: Sendable, Hashable {
        /// The trailers of this revision were written.
        case stamped(RevisionProvenance)
        /// This is no commit of a bundle's branch, or there is no message.
        case nothingToDo
        /// The message was left as it is; 'sheaf stamp' is for later.
        case postponed(because: String)
    }

    private let directory: String
    private let environment: [String: String]
    private let git: GitProgram
    private let limits: ContentLimits

    /// Stamps in the directory and environment that Git runs a hook in.
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

    /// Writes the trailers into the file of the message.
    ///
    /// A commit belongs to a bundle when its branch is `bundles/<bundle>`, or when its parent is a
    /// revision. An amended commit takes the place of HEAD, so its parent is HEAD's.
    ///
    /// - Throws: `history_rewritten` for a merge, `malformed_bundle`, `workspace_mismatch`.
    public func stamp(file: String) async throws(SheafError) -> Outcome {
        let copy = try await WorkingCopy.find(directory, git: git, environment: environment)
        let bytes = try read(file)
        let draft = MessageDraft(bytes: bytes, comment: try await comment(copy))
        if draft.isEmpty { return .nothingToDo }
        let head = try await copy.commit("HEAD")
        let branch = try await copy.branch()
        guard let place = try place(draft, head, branch, copy) else { return .nothingToDo }
        if try await copy.has(["rebase-merge", "rebase-apply"]) {
            return .postponed(because: "a rebase is going on")
        }
        if try await copy.has(["MERGE_HEAD"]) || place.isMerge {
            throw SheafError(
                .historyRewritten, "a merge would renumber the history of the bundle",
                hint: "git merge --abort, then git rebase, and 'sheaf stamp'")
        }
        if let problem = place.problem { return .postponed(because: problem) }
        let source = try await copy.source(after: place.parent?.commit)
        let tree = try await copy.stagedTree()
        let stamped = try StampedRevision(
            tree: tree, parent: place.parent, source: source, copy.open(), limits: limits,
            memory: DigestMemory())
        if case .revisions(let bundle)? = branch.flatMap({ try? GatedBranch($0) }),
            bundle != stamped.provenance.bundle
        {
            throw SheafError(
                .workspaceMismatch,
                "bundle.yaml says bundle '\(stamped.provenance.bundle)', the branch is of "
                    + "'\(bundle)'",
                details: [
                    "expected": bundle.rawValue, "actual": stamped.provenance.bundle.rawValue,
                ])
        }
        let message = try draft.stamped(with: stamped.provenance.trailers, limits: limits)
        try CommitText.require(message: message)
        try write(message, file)
        return .stamped(stamped.provenance)
    }

    /// Where the commit goes.
    private struct Place {
        var parent: Revision?
        var isMerge = false
        /// Why the commit before cannot be followed.
        var problem: String?
    }

    private func place(
        _ draft: MessageDraft, _ head: CommitID?, _ branch: String?, _ copy: WorkingCopy
    ) throws(SheafError) -> Place? {
        var isBundleBranch = false
        if case .revisions? = branch.flatMap({ try? GatedBranch($0) }) { isBundleBranch = true }
        guard let head else { return isBundleBranch ? Place() : nil }
        let repository = try copy.open()
        let reader = CommitReader(limits: limits)
        // In any other repository HEAD may be a commit that no bundle could have.
        guard let newest = try? reader.parts(repository, head) else {
            return isBundleBranch
                ? Place(problem: "commit \(head.short), the newest, cannot be read") : nil
        }
        let isAmending = isAmending(draft, newest.message)
        let parents = isAmending ? newest.parents : [head]
        guard let id = parents.first else { return isBundleBranch ? Place() : nil }
        do throws(SheafError) {
            let parts = try reader.parts(repository, id)
            let claims = try RevisionProvenance(message: parts.message, subject: "the parent")
            let parent = try reader.revision(repository, id, of: claims.bundle)
            return Place(parent: parent, isMerge: parents.count > 1)
        } catch {
            guard isBundleBranch else { return nil }
            return Place(
                isMerge: parents.count > 1,
                problem: "commit \(id.short), which it follows, is not a revision in order")
        }
    }

    /// Whether the commit replaces HEAD. Where the command line of Git cannot be seen, a message
    /// that still has HEAD's number and digest is HEAD's.
    private func isAmending(_ draft: MessageDraft, _ newest: CommitMessage) -> Bool {
        if let command = CommitCommand.running() { return command.isAmending }
        func stamps(_ trailers: [Trailer]) -> [Trailer] {
            trailers.filter {
                [TrailerName.revision.rawValue, TrailerName.digest.rawValue].contains($0.key)
            }
        }
        let old = stamps(newest.trailers)
        return !old.isEmpty && stamps(draft.trailers) == old
    }

    private func comment(_ copy: WorkingCopy) async throws(SheafError) -> Character? {
        let set = try await copy.run("config", "--get", "core.commentChar")
        // git-config(1): 'auto' takes one that begins no line, so '#' is as good a guess as any.
        return set.status == 0 && set.line.count == 1 ? set.line.first : "#"
    }

    private func read(_ file: String) throws(SheafError) -> [UInt8] {
        do {
            if let bytes = try FileContents.read(path: file, maximumBytes: 16 << 20) {
                return bytes
            }
        } catch {
            throw SheafError(.ioError, "the file of the message cannot be read")
        }
        throw SheafError(.limitExceeded, "the message is over \(limits.messageBytes) bytes")
    }

    private func write(_ bytes: [UInt8], _ file: String) throws(SheafError) {
        do {
            try FileContents.replaceDurably(bytes, at: file)
        } catch {
            throw SheafError(.ioError, "the file of the message cannot be written")
        }
    }
}
