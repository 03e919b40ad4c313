/// The rules against host paths, read once from `boundary-rules.json`.
///
/// A class because each scan of a value holds it: as a value, its sixty sets were retained and
/// released for every scalar, some 15 % of the time measured. It never changes.
final class HostPathRules: Sendable {
    static let shared = HostPathRules()

    let all: [HostPathRule]
    private let rules: [String: HostPathRule]

    let roots, singleRoots, containerRoots: WordSet
    let hostEnds: WordSet
    let everyHost, mountFlags, apis, pages, sites, verbs: WordSet
    let placeholders, privateHome, generalHome, libraries, homeFolders: WordSet
    let homeVariables, placeVariables, otherVariables, variableEnds, systemFolders: WordSet
    let statePlaces: WordSet
    let driveState, drivePlaceholders, servers: WordSet
    let socketEndings, socketNames, socketParents, pipeMakers: WordSet
    let states, hiddenStates, toolStates, stateful, identified: WordSet
    let writers, scratch, systemCaches, layers: WordSet
    let urlSchemes, weakSchemes, addresses, editors, remoteShares: WordSet
    /// The keys of all rules in one table, so that one look-up tells everything about a key.
    private let keys: WordSet
    private let keyFacts: [KeyFacts]

    private init() {
        // The file is compiled in; a test reads it, so that it cannot be wrong here.
        all = BoundaryRules.standard.paths
        let rules = Dictionary(all.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        self.rules = rules
        func set(_ rule: String, _ name: String) -> WordSet {
            WordSet(rules["path-" + rule]?.words(name) ?? [])
        }
        roots = set("absolute", "roots")
        singleRoots = set("absolute", "singleRoots")
        containerRoots = set("absolute", "containerRoots")
        hostEnds = set("absolute", "hostEnds")
        everyHost = set("absolute", "everyHost")
        mountFlags = set("absolute", "mountFlags")
        apis = set("absolute", "apis")
        pages = set("absolute", "pages")
        sites = set("absolute", "sites")
        verbs = set("absolute", "verbs")
        placeholders = set("home", "placeholders")
        privateHome = set("home", "private")
        generalHome = set("home", "general")
        libraries = set("home", "library")
        homeFolders = set("home", "folders")
        homeVariables = set("variable", "homes")
        placeVariables = set("variable", "places")
        otherVariables = set("variable", "others")
        variableEnds = set("variable", "suffixes")
        systemFolders = set("variable", "system")
        statePlaces = set("variable", "statePlaces")
        driveState = set("windows", "state")
        drivePlaceholders = set("windows", "placeholders")
        servers = set("windows", "servers")
        socketEndings = set("socket", "endings")
        socketNames = set("socket", "names")
        socketParents = set("socket", "parents")
        pipeMakers = set("socket", "makers")
        states = set("session", "states")
        hiddenStates = set("session", "hidden")
        toolStates = set("session", "tools")
        stateful = set("session", "stateful")
        identified = set("session", "identified")
        writers = set("temporary", "writers")
        scratch = set("temporary", "scratch")
        systemCaches = set("cache", "system")
        layers = set("mount", "layers")
        urlSchemes = set("url", "schemes")
        weakSchemes = set("url", "weak")
        addresses = set("url", "addresses")
        editors = set("url", "editors")
        remoteShares = set("url", "remote")
        var facts: [[UInt8]: KeyFacts] = [:]
        for (rule, name, fact) in [
            ("absolute", "strongRouteKeys", KeyFacts.route), ("absolute", "hostKeys", .host),
            ("absolute", "routeKeys", .likelyRoute), ("absolute", "mountKeys", .mount),
            ("absolute", "patternKeys", .pattern), ("absolute", "proseKeys", .prose),
            ("absolute", "commandKeys", .command), ("socket", "keys", .socket),
            ("session", "pidKeys", .process),
        ] {
            for word in set(rule, name).words { facts[word, default: []].insert(fact) }
        }
        let table = WordSet(Array(facts.keys))
        keys = table
        keyFacts = table.words.map { facts[$0] ?? [] }
    }

    /// What a key, or the name of a flag, says by itself.
    func facts(ofKey key: Span<UInt8>) -> KeyFacts {
        let facts = keys.number(ofKey: key).map { keyFacts[$0] } ?? []
        // `APP_DIR`, `uploadFolder`
        return facts.place == nil && hostEnds.endsKey(key) ? facts.union(.host) : facts
    }

    /// Whether the variable whose `$` a text begins with may be one for a place of a host.
    func mayBeHosts(_ text: Span<UInt8>) -> Bool {
        let start = text.count > 1 && text[1] == 0x7B ? 2 : 1
        var end = start
        while end < text.count, end - start < 64, TextByte.isWord(text[end]) { end += 1 }
        let name = text.extracting(start..<end)
        guard name.count > 0 else { return false }
        // `$env:NAME`
        if name.count == 3, TextByte.lower(name[0]) == 0x65, end < text.count { return true }
        return homeVariables.contains(name) || placeVariables.contains(name)
            || otherVariables.contains(name) || variableEnds.endsText(name)
    }

    /// What the rule with this id says.
    func rule(_ kind: HostPathKind) -> HostPathRule? { rules[kind.rawValue] }
}
