/// What the keys around a value say about a path in it.
struct ValueContext {
    enum Place {
        /// A directory or file of a host, or how it is started.
        case host
        /// Surely, and perhaps, a route of an API.
        case route, likelyRoute
        case unknown
    }

    private let keys: [[UInt8]]
    /// What the nearest key says, and the scalar that names the value.
    private let own: KeyFacts
    private let named: KeyFacts
    /// What was found when it was first asked for.
    private var knownPlace: Place?
    private var knownRoute: Bool?

    /// - Parameters:
    ///   - keys: all of them, the nearest last.
    ///   - own: what the nearest says.
    ///   - named: what the scalar says that names the value.
    init(keys: [[UInt8]], own: KeyFacts, named: KeyFacts = []) {
        self.keys = keys
        self.own = own
        self.named = named
    }

    /// What the nearest key that says something says.
    mutating func place(_ rules: HostPathRules) -> Place {
        if let knownPlace { return knownPlace }
        let place = own.place ?? placeAbove(rules)
        knownPlace = place
        return place
    }

    private func placeAbove(_ rules: HostPathRules) -> Place {
        for key in keys.dropLast().suffix(5).reversed() {
            let facts = rules.facts(ofKey: key.span)
            // A key far above tells less: of hosts' words, those that hold mounts.
            guard let found = facts.place, found != .host || facts.contains(.mount) else {
                continue
            }
            return found
        }
        return .unknown
    }

    /// Whether any key around it makes routes of what is below.
    mutating func isUnderRoute(_ rules: HostPathRules) -> Bool {
        if let knownRoute { return knownRoute }
        let isUnderRoute = keys.suffix(16).contains {
            switch rules.facts(ofKey: $0.span).place {
            case .route, .likelyRoute: true
            case .host, .unknown, nil: false
            }
        }
        knownRoute = isUnderRoute
        return isUnderRoute
    }

    var isPattern: Bool { own.union(named).contains(.pattern) }
    var isProse: Bool { own.union(named).contains(.prose) }
    var isSocket: Bool { own.union(named).contains(.socket) }
    var isProcess: Bool { own.union(named).contains(.process) }
    /// Whether the key holds commands, among them those of a chat: `command: /review`.
    var isCommand: Bool { own.contains(.command) }
}
