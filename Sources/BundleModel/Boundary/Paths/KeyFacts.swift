/// What one key says of the paths under it, whatever stands around it.
struct KeyFacts: OptionSet, Sendable {
    let rawValue: UInt16

    /// Its values are surely routes of an API, or perhaps.
    static let route = KeyFacts(rawValue: 1 << 0)
    static let likelyRoute = KeyFacts(rawValue: 1 << 1)
    /// Its values are directories or files of a host, or how one is started.
    static let host = KeyFacts(rawValue: 1 << 2)
    /// It holds mounts, so that what is further below it is a host's too.
    static let mount = KeyFacts(rawValue: 1 << 3)
    static let pattern = KeyFacts(rawValue: 1 << 4)
    static let prose = KeyFacts(rawValue: 1 << 5)
    static let socket = KeyFacts(rawValue: 1 << 6)
    static let process = KeyFacts(rawValue: 1 << 7)
    static let command = KeyFacts(rawValue: 1 << 8)

    /// The place that the key tells; the first of these holds.
    var place: ValueContext.Place? {
        if contains(.route) { return .route }
        if contains(.host) { return .host }
        return contains(.likelyRoute) ? .likelyRoute : nil
    }
}
