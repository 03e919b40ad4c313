internal import BundleModel

extension ChannelFollower {
    /// Fetches a channel, for as long as the schedule says; longer only while somebody waits who lets
    /// it take longer, so that one who has gone does not keep a repository from everybody else.
    func transfer(
        _ channel: FollowedChannel, of name: String, from begin: Duration
    ) async -> Result<Source.Success, SheafError> {
        let allowed = repositories[name]?.turns[channel]?.transfer ?? .zero
        let deadline = max(schedule.deadline, allowed)
        let work = Task { [source] () -> Result<Source.Success, SheafError> in
            do throws(SheafError) {
                return .success(try await source.sync(channel, deadline: deadline))
            } catch {
                return .failure(error)
            }
        }
        let end = begin + schedule.deadline
        var timer: Task<Void, Never>?
        if deadline > schedule.deadline {
            repositories[name]?.longFetch = .init(end: end, work: work)
            timer = Task {
                await time.sleep(end)
                if !Task.isCancelled { endLongFetch(of: channel, in: name) }
            }
        }
        defer { timer?.cancel() }
        let result = await withTaskCancellationHandler {
            await work.value
        } onCancel: {
            work.cancel()
        }
        if case .failure = result, repositories[name]?.longFetch?.isEnded == true {
            return .failure(
                SheafError(.deadlineExceeded, "the transfer took longer than the schedule allows"))
        }
        return result
    }

    /// Ends the fetch of a channel that goes on longer than the schedule says when nobody waits for it.
    func endLongFetch(of channel: FollowedChannel, in name: String) {
        guard let repository = repositories[name], repository.running == channel,
            let fetch = repository.longFetch, time.now() >= fetch.end,
            repository.turns[channel]?.waiters.isEmpty != false
        else { return }
        repositories[name]?.longFetch?.isEnded = true
        fetch.work.cancel()
    }
}
