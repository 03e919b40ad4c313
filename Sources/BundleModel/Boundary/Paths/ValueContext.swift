/// What the keys around a value say about a path in it.
struct ValueContext {
    enum Place {
        /// A directory or file of a host, or how it is started.
        case host
        /// Surely, and perhaps, a route of an API.
        case route, likelyRoute
        case unknown
    }

    private let value: ScannedValue
    private let rules: HostPathRules

    init(_ value: ScannedValue, _ rules: HostPathRules) {
        self.value = value
        self.rules = rules
    }

    /// What the nearest key that says something says.
    var place: Place {
        for (distance, key) in value.keys.suffix(6).reversed().enumerated() {
            guard let found = Self.place(of: key, rules) else { continue }
            // A key far above tells less: of hosts' words, those that hold mounts.
            let isAbove = distance > 0 && found == .host
            if isAbove, !rules.mountKeys.contains(Self.folded(key)[...]) { continue }
            return found
        }
        return .unknown
    }

    /// Whether any key around it makes routes of what is below.
    var isUnderRoute: Bool {
        value.keys.suffix(16).contains {
            switch Self.place(of: $0, rules) {
            case .route, .likelyRoute: true
            case .host, .unknown, nil: false
            }
        }
    }

    var isPattern: Bool { isNamed(in: rules.patternKeys) }
    var isProse: Bool { isNamed(in: rules.proseKeys) }
    var isSocket: Bool { isNamed(in: rules.socketKeys) }
    var isProcess: Bool { isNamed(in: rules.pidKeys) }
    /// Whether the key holds commands, among them those of a chat: `command: /review`.
    var isCommand: Bool { value.keys.last.map { named($0, in: rules.commandKeys) } ?? false }

    private func isNamed(in words: WordSet) -> Bool {
        if let key = value.keys.last, named(key, in: words) { return true }
        return value.pairName.map { named($0, in: words) } ?? false
    }

    private func named(_ key: [UInt8], in words: WordSet) -> Bool {
        words.contains(Self.folded(key)[...])
    }

    /// What a key, or the name of a flag, says by itself.
    static func place(of key: [UInt8], _ rules: HostPathRules) -> Place? {
        let word = folded(key)[...]
        if rules.strongRouteKeys.contains(word) { return .route }
        if rules.hostKeys.contains(word) { return .host }
        if rules.routeKeys.contains(word) { return .likelyRoute }
        // `APP_DIR`, `uploadFolder`
        return rules.hostEnds.endsText(word) ? .host : nil
    }

    /// Lower case without what joins words: `work_dir`, `WORK-DIR` and `workDir` are one key.
    static func folded(_ key: [UInt8]) -> [UInt8] {
        var folded: [UInt8] = []
        folded.reserveCapacity(min(key.count, 64))
        for byte in key.prefix(64) {
            switch byte {
            case 0x5F, 0x2D, 0x2E, 0x20: break
            default: folded.append(TextByte.lower(byte))
            }
        }
        return folded
    }
}
