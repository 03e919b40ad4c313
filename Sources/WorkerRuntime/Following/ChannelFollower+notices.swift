internal import BundleModel
internal import BundleRepository

extension ChannelFollower {
    /// How long a server that has no feed is not asked again.
    private static var rest: Duration { .seconds(3600) }

    /// Waits for the releases of a repository of which a channel is followed, as many at once as the
    /// schedule says.
    func watchReleases(of name: String) {
        guard isRunning, schedule.longPoll > .zero, let repository = repositories[name],
            repository.watch == nil, repository.firstFollowed != nil
        else { return }
        repositories[name]?.watch = Task {
            await waitForReleases(of: name)
            repositories[name]?.watch = nil
            // A channel may have been followed since it was told to end.
            watchReleases(of: name)
            wake(name)
        }
    }

    private func waitForReleases(of name: String) async {
        var cursor: String?
        var failures = 0
        while !Task.isCancelled {
            // The next channel of the repository that is followed has it watched again.
            guard let channel = repositories[name]?.firstFollowed else { return }
            guard await polls.take(first: false) else { return }
            let begin = time.now()
            let pause: Duration
            repositories[name]?.isWaitedFor = true
            do throws(SheafError) {
                let notice = try await source.notice(
                    for: channel, since: cursor, waiting: schedule.longPoll)
                failures = 0
                switch notice {
                case .notOffered: pause = Self.rest
                case .unchanged:
                    // A server that does not wait is not asked without end.
                    let isWaiting = time.now() - begin >= schedule.longPoll / 2
                    pause = isWaiting ? .zero : schedule.interval
                case .releases(let releases, let next):
                    note(releases, of: name, in: channel.workspace)
                    cursor = next
                    pause = .seconds(1)
                }
            } catch {
                cursor = nil
                failures += 1
                pause = schedule.pause(afterFailures: failures, chance())
            }
            repositories[name]?.isWaitedFor = false
            polls.give()
            if pause > .zero, !Task.isCancelled { await time.sleep(time.now() + pause) }
        }
    }

    /// Looks soon at the channels that are elsewhere than here.
    private func note(
        _ releases: [ReleaseNotice.Entry], of name: String, in workspace: WorkspaceID
    ) {
        for release in releases {
            let channel = FollowedChannel(workspace, release.bundle, release.channel)
            guard let turn = repositories[name]?.turns[channel], turn.commit != release.commit
            else { continue }
            if repositories[name]?.running == channel {
                repositories[name]?.turns[channel]?.isTold = true
            } else {
                repositories[name]?.turns[channel]?.due = min(turn.due, time.now())
            }
        }
        wake(name)
    }
}
