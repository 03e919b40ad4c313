internal import BundleModel
internal import HTTPTypes

/// What a path of the server stands for. There are no others.
enum Route: Hashable, Sendable {
    /// A repository under its URL: a whole workspace, or one bundle of it.
    struct Place: Hashable, Sendable {
        let workspace: WorkspaceID
        let bundle: BundleID?
    }

    /// `GET /healthz`: the process answers.
    case health
    /// `GET /readyz`: the repositories can be read.
    case readiness
    /// `GET /metrics`
    case metrics
    /// `GET /<place>.git/info/refs?service=…`
    case references(Place)
    /// `POST /<place>.git/git-upload-pack`
    case uploadPack(Place)
    /// `POST /<place>.git/git-receive-pack`
    case receivePack(Place)
    /// `GET /<workspace>/releases`, or of one bundle `GET /<workspace>/<bundle>/releases`
    case releases(Place)

    /// Finds the route of a path; nil for any other path.
    ///
    /// Ids have no character that is written otherwise in a URL, so a path with `%` is none, and
    /// nothing is ever decoded.
    init?(path: String) {
        switch path {
        case "/healthz": self = .health
        case "/readyz": self = .readiness
        case "/metrics": self = .metrics
        default:
            guard path.utf8.count <= 512, path.hasPrefix("/") else { return nil }
            let parts = path.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
            guard let route = Self.route(parts) else { return nil }
            self = route
        }
    }

    private static func route(_ parts: [Substring]) -> Route? {
        if parts.last == "releases" { return place(named: parts.dropLast()).map { .releases($0) } }
        if parts.count >= 3, parts.suffix(2) == ["info", "refs"] {
            return place(parts.dropLast(2)).map { .references($0) }
        }
        switch parts.last {
        case "git-upload-pack": return place(parts.dropLast()).map { .uploadPack($0) }
        case "git-receive-pack": return place(parts.dropLast()).map { .receivePack($0) }
        default: return nil
        }
    }

    /// `<workspace>.git` or `<workspace>/<bundle>.git`.
    private static func place(_ parts: ArraySlice<Substring>) -> Place? {
        guard let last = parts.last, last.hasSuffix(".git") else { return nil }
        return place(named: parts.dropLast() + [last.dropLast(4)])
    }

    private static func place(named parts: ArraySlice<Substring>) -> Place? {
        let names = parts.map(String.init)
        guard (1...2).contains(names.count), let workspace = try? WorkspaceID(names[0]) else {
            return nil
        }
        if names.count == 1 { return Place(workspace: workspace, bundle: nil) }
        return (try? BundleID(names[1])).map { Place(workspace: workspace, bundle: $0) }
    }

    /// The pattern of the route of fetches.
    static let uploadPackName = "/git-upload-pack"

    /// The pattern of the route, for logs and metrics: nothing in it comes from the request.
    var name: String {
        switch self {
        case .health: "/healthz"
        case .readiness: "/readyz"
        case .metrics: "/metrics"
        case .references: "/info/refs"
        case .uploadPack: Self.uploadPackName
        case .receivePack: "/git-receive-pack"
        case .releases: "/releases"
        }
    }

    /// The one method that it is asked with.
    var method: HTTPRequest.Method {
        switch self {
        case .health, .readiness, .metrics, .references, .releases: .get
        case .uploadPack, .receivePack: .post
        }
    }

    /// The ids in the path, for logs.
    var place: String {
        switch self {
        case .health, .readiness, .metrics: ""
        case .references(let place), .uploadPack(let place), .receivePack(let place),
            .releases(let place):
            place.bundle.map { "\(place.workspace)/\($0)" } ?? place.workspace.rawValue
        }
    }
}
