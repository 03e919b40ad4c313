internal import BundleModel
internal import LibGit2

/// The rules for what a push may do to the repository of a workspace.
///
/// Source: the branches move forward only, each revision and each release follows exactly one
/// other, and a release is the revision that it names.
struct PushGate {
    /// More references at once are no work of a person.
    private static let maximumUpdates = 256

    let reader: CommitReader
    let limits: ContentLimits
    var workspace: WorkspaceID?
    var contents: RevisionContents
    let log = RefusalLog()
    var depending: [String] = []
    /// Where the branches of revisions will be when the push is taken.
    var heads: [BundleID: CommitID] = [:]

    init(workspace: WorkspaceID?, limits: ContentLimits, folder: GateFolder) {
        self.workspace = workspace
        self.limits = limits
        reader = CommitReader(limits: limits)
        contents = RevisionContents(limits: limits, folder: folder)
    }

    mutating func judge(
        _ updates: [RefUpdate], _ repository: borrowing Repository
    ) -> PushVerdict {
        guard updates.count <= Self.maximumUpdates else {
            log.refuse(
                nil, nil,
                SheafError(
                    .limitExceeded, "the push moves more than \(Self.maximumUpdates) branches",
                    hint: "push them in parts"))
            return verdict
        }
        let branches = plan(updates, repository)
        // A release may name a revision of the same push, so those come first.
        for branch in branches {
            guard case .revisions(let bundle) = branch.branch else { continue }
            judge(branch, bundle, repository)
        }
        for branch in branches {
            guard case .releases(let bundle, let channel) = branch.branch else { continue }
            judge(branch, bundle, channel, repository)
        }
        judgeNames(of: updates)
        if log.refusals.isEmpty { contents.save(repository) }
        return verdict
    }

    private var verdict: PushVerdict {
        PushVerdict(refusals: log.refusals, dependingOnThePush: depending)
    }

    private func plan(
        _ updates: [RefUpdate], _ repository: borrowing Repository
    ) -> [PushedBranch] {
        var branches: [PushedBranch] = []
        var names: Set<String> = []
        for update in updates {
            log.attempt(update.name, nil) { () throws(SheafError) in
                guard names.insert(update.name).inserted else {
                    throw SheafError(.invalidRequest, "the branch is pushed twice at once")
                }
                branches.append(try PushedBranch(update, repository, reader))
            }
        }
        return branches
    }

    /// Looks for what may be in no name. It comes last, because the rules for that are still being
    /// read when the push is.
    private func judgeNames(of updates: [RefUpdate]) {
        for update in updates {
            log.attempt(update.name, nil) { () throws(SheafError) in
                try Self.require(BoundaryScan.findings(inText: update.name, named: "the name"))
            }
        }
    }

    /// Judges what a commit says in words, where nothing else does.
    func judgeText(
        _ name: String, _ commit: CommitID, _ repository: borrowing Repository
    ) {
        log.attempt(name, commit) { () throws(SheafError) in
            try CommitText.require(try reader.raw(repository, commit))
        }
    }

    /// The repository's own workspace; the first revision says it where nothing else does.
    mutating func requireWorkspace(_ claimed: WorkspaceID) throws(SheafError) {
        guard let own = workspace else {
            workspace = claimed
            return
        }
        guard own == claimed else {
            throw SheafError(
                .workspaceMismatch,
                "it is of workspace '\(claimed)', this repository is of '\(own)'",
                details: ["expected": own.rawValue, "actual": claimed.rawValue],
                hint: "push to the workspace's own repository")
        }
    }

    static func require(_ findings: [Finding]) throws(SheafError) {
        if let error = SheafError(findings: findings, in: "the push") { throw error }
    }
}
