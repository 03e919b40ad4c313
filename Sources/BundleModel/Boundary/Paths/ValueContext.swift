/// What the keys around a value say about a path in it.
struct ValueContext {
    enum Place {
        /// A directory or file of a host, or how it is started.
        case host
        /// Surely, and perhaps, a route of an API.
        case route, likelyRoute
        case unknown
    }

    let place: Place
    let isPattern: Bool
    let isProse: Bool
    let isSocket: Bool
    let isProcess: Bool
    /// The key itself, folded.
    let key: [UInt8]
    /// Whether any key around it makes routes of what is below.
    let isUnderRoute: Bool

    init(_ value: ScannedValue, _ rules: HostPathRules) {
        var place = Place.unknown
        for key in value.keys.suffix(6).reversed() {
            guard let found = Self.place(of: key, rules) else { continue }
            place = found
            break
        }
        self.place = place
        let names = [value.keys.last, value.pairName].compactMap { $0.map(Self.folded) }
        isPattern = names.contains { rules.patternKeys.contains($0[...]) }
        isProse = names.contains { rules.proseKeys.contains($0[...]) }
        isSocket = names.contains { rules.socketKeys.contains($0[...]) }
        key = names.first ?? []
        isUnderRoute = value.keys.contains {
            switch Self.place(of: $0, rules) {
            case .route, .likelyRoute: true
            case .host, .unknown, nil: false
            }
        }
        isProcess = names.contains { rules.pidKeys.contains($0[...]) }
    }

    /// What a key, or the name of a flag, says by itself.
    static func place(of key: [UInt8], _ rules: HostPathRules) -> Place? {
        let word = folded(key)[...]
        if rules.strongRouteKeys.contains(word) { return .route }
        if rules.hostKeys.contains(word) { return .host }
        return rules.routeKeys.contains(word) ? .likelyRoute : nil
    }

    /// Lower case without what joins words: `work_dir`, `WORK-DIR` and `workDir` are one key.
    static func folded(_ key: [UInt8]) -> [UInt8] {
        key.prefix(64).compactMap {
            $0 == 0x5F || $0 == 0x2D || $0 == 0x2E || $0 == 0x20 ? nil : TextByte.lower($0)
        }
    }
}
