internal import HTTPServing

/// The families of numbers that the Git server tells of.
enum ServerMetrics {
    static let requests = Metrics.Family(
        "sheaf_git_requests_total", .counter, "Requests by route and status.")
    static let duration = Metrics.Family(
        "sheaf_git_request_duration_seconds", .histogram,
        "Time until an answer began, by route.")
    static let sent = Metrics.Family(
        "sheaf_git_sent_bytes_total", .counter, "Bytes of answers, by route.")
    static let responses = Metrics.Family(
        "sheaf_git_fetch_responses_total", .counter,
        "Answers to fetches: from the cache (hit), while made for another (joined), or made.")
    static let queueWait = Metrics.Family(
        "sheaf_git_queue_wait_seconds", .histogram, "Time until a run of git could begin.")
    static let running = Metrics.Family(
        "sheaf_git_running", .gauge, "Runs of git for fetches and pushes.")
    static let queued = Metrics.Family(
        "sheaf_git_queued", .gauge, "Requests that wait for a run of git.")
    static let waiters = Metrics.Family(
        "sheaf_git_release_waiters", .gauge, "Requests that wait for a release.")
    static let cached = Metrics.Family(
        "sheaf_git_cached_responses", .gauge, "Answers in the cache.")
    static let cachedBytes = Metrics.Family(
        "sheaf_git_cached_bytes", .gauge, "Bytes of the answers in the cache.")

    static var families: [Metrics.Family] {
        [
            requests, duration, sent, responses, queueWait, running, queued, waiters, cached,
            cachedBytes,
        ]
    }
}
