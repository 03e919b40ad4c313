internal import AccessTokens
internal import BundleModel
internal import HTTPTypes

/// What a path of the server stands for. There are no others.
enum RuntimeRoute: Hashable, Sendable {
    /// `/healthz`: the process answers.
    case health
    /// `/readyz`: the runtime can do its work.
    case readiness
    /// `/metrics`
    case metrics
    /// `/openapi.yaml`
    case contract
    /// `/v1/runtime`
    case runtime
    /// `/v1/config-bundles`
    case bundles
    /// `/v1/config-bundles/sync`
    case sync
    /// `/v1/config-bundles/preflight`
    case preflight
    /// `/v1/config-bundles/{digest}`
    case bundle(BundleDigest)
    /// `/v1/config-bundles/{digest}/availability`
    case availability(BundleDigest)
    /// `/v1/workers`
    case workers
    /// `/v1/workers/{id}`
    case worker(WorkerID)
    /// `/v1/workers/{id}/stop`
    case stop(WorkerID)

    /// Finds the route of a path; nil for any other path.
    ///
    /// Nothing is decoded: ids have no character that is written otherwise in a URL. Only the colon
    /// of a digest may come as `%3A`, as many clients write it.
    init?(path: String) {
        guard path.utf8.count <= 256, path.utf8.first == UInt8(ascii: "/") else { return nil }
        let parts = path.utf8.dropFirst()
            .split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
            .map { String(Substring($0)) }
        switch parts {
        case ["healthz"]: self = .health
        case ["readyz"]: self = .readiness
        case ["metrics"]: self = .metrics
        case ["openapi.yaml"]: self = .contract
        case ["v1", "runtime"]: self = .runtime
        case ["v1", "config-bundles"]: self = .bundles
        case ["v1", "workers"]: self = .workers
        default:
            guard parts.count >= 3, parts[0] == "v1", let route = Self.route(parts) else {
                return nil
            }
            self = route
        }
    }

    private static func route(_ parts: [String]) -> RuntimeRoute? {
        switch (parts[1], parts.count, parts.last) {
        case ("config-bundles", 3, "sync"): .sync
        case ("config-bundles", 3, "preflight"): .preflight
        case ("config-bundles", 3, _): digest(parts[2]).map { .bundle($0) }
        case ("config-bundles", 4, "availability"): digest(parts[2]).map { .availability($0) }
        case ("workers", 3, _): (try? WorkerID(parts[2])).map { .worker($0) }
        case ("workers", 4, "stop"): (try? WorkerID(parts[2])).map { .stop($0) }
        default: nil
        }
    }

    private static func digest(_ text: String) -> BundleDigest? {
        guard text.utf8.contains(UInt8(ascii: "%")) else { return BundleDigest(text) }
        for colon in ["%3A", "%3a"] where text.hasPrefix("sha256\(colon)") {
            return BundleDigest("sha256:\(text.dropFirst(9))")
        }
        return nil
    }

    /// The pattern of the route, as the contract writes it; nothing in it comes from the request.
    var pattern: String {
        switch self {
        case .health: "/healthz"
        case .readiness: "/readyz"
        case .metrics: "/metrics"
        case .contract: "/openapi.yaml"
        case .runtime: "/v1/runtime"
        case .bundles: "/v1/config-bundles"
        case .sync: "/v1/config-bundles/sync"
        case .preflight: "/v1/config-bundles/preflight"
        case .bundle: "/v1/config-bundles/{digest}"
        case .availability: "/v1/config-bundles/{digest}/availability"
        case .workers: "/v1/workers"
        case .worker: "/v1/workers/{id}"
        case .stop: "/v1/workers/{id}/stop"
        }
    }

    /// The methods that it is asked with.
    var methods: [HTTPRequest.Method] {
        switch self {
        case .health, .readiness, .metrics, .contract, .runtime, .bundles, .availability, .worker:
            [.get]
        case .sync, .preflight, .stop: [.post]
        case .bundle: [.get, .put]
        case .workers: [.get, .post]
        }
    }

    /// What a token must allow; nil where none is needed.
    func scope(for method: HTTPRequest.Method) -> AccessScope? {
        switch self {
        case .health, .readiness, .contract: nil
        case .bundle where method == .put: .sync
        case .metrics, .runtime, .bundles, .bundle, .availability, .preflight: .read
        case .sync: .sync
        case .workers, .worker, .stop: .workers
        }
    }

    /// The names that its query may have.
    func parameters(for method: HTTPRequest.Method) -> Set<String> {
        switch self {
        case .bundles, .workers: method == .get ? ["limit", "after"] : []
        case .availability: ["commit"]
        case .bundle: method == .put ? ["workspace"] : []
        default: []
        }
    }

    /// One of each, for whoever looks at the whole table.
    static func all(_ digest: BundleDigest, _ worker: WorkerID) -> [RuntimeRoute] {
        [
            .health, .readiness, .metrics, .contract, .runtime, .bundles, .sync, .preflight,
            .bundle(digest), .availability(digest), .workers, .worker(worker), .stop(worker),
        ]
    }
}
