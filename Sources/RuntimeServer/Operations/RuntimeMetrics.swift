internal import HTTPServing

/// The families of numbers that the server itself tells of.
enum RuntimeMetrics {
    static let requests = Metrics.Family(
        "sheaf_runtime_requests_total", .counter, "Requests by route, method and status.")
    static let duration = Metrics.Family(
        "sheaf_runtime_request_duration_seconds", .histogram,
        "Time until an answer began, by route.")
    static let arrivalWait = Metrics.Family(
        "sheaf_runtime_arrival_wait_seconds", .histogram,
        "Time until a file could arrive or a large document be read.")
    static let arriving = Metrics.Family(
        "sheaf_runtime_arriving", .gauge, "Files and large documents that arrive.")
    static let waiting = Metrics.Family(
        "sheaf_runtime_arrivals_waiting", .gauge,
        "Requests that wait until a file may arrive or a large document be read.")

    static var families: [Metrics.Family] {
        [requests, duration, arrivalWait, arriving, waiting]
    }
}
