internal import BundleModel
internal import LibGit2

/// The branch of one channel's releases.
struct ChannelBranch {
    let bundle: BundleID
    let channel: ChannelID
    let reader: CommitReader

    /// The newest release's commit; nil when the channel has none.
    func head(_ repository: borrowing Repository) throws(SheafError) -> CommitID? {
        let name = BundleRefName.releases(bundle, channel)
        let target = try mapping("channel '\(bundle)@\(channel)'") { () throws(GitError) in
            try repository.reference(name)
        }
        return try target.map { (id) throws(SheafError) in try CommitID(id) }
    }

    /// The newest release; nil when the channel has none.
    func newest(_ repository: borrowing Repository) throws(SheafError) -> Release? {
        guard let head = try head(repository) else { return nil }
        return try CommitReader.reached(from: "channel '\(bundle)@\(channel)'") {
            () throws(SheafError) in
            try reader.release(repository, head, of: bundle, on: channel)
        }
    }

    /// Walks from the newest release back until the body says stop.
    ///
    /// Throws `history_rewritten` where the sequence numbers do not go down by one.
    func walk(
        _ repository: borrowing Repository, _ body: (Release) throws(SheafError) -> Bool
    ) throws(SheafError) {
        guard let newest = try newest(repository) else { return }
        try walk(repository, from: newest, body)
    }

    /// Walks from a release back until the body says stop.
    func walk(
        _ repository: borrowing Repository, from start: Release,
        _ body: (Release) throws(SheafError) -> Bool
    ) throws(SheafError) {
        var release = start
        while try body(release), let parent = release.parent {
            let previous = try CommitReader.reached(
                from: "release \(release.sequence) of '\(bundle)@\(channel)'"
            ) { () throws(SheafError) in
                try reader.release(repository, parent, of: bundle, on: channel)
            }
            guard previous.sequence == release.sequence - 1 else {
                throw SheafError(
                    .historyRewritten,
                    "release \(release.sequence) of '\(bundle)@\(channel)' follows release "
                        + "\(previous.sequence)",
                    details: ["commit": release.commit.hex])
            }
            release = previous
        }
    }
}
