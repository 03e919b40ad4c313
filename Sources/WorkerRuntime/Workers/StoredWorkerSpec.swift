internal import BundleModel

/// A specification as a row of the store holds it.
struct StoredWorkerSpec: Codable, Hashable {
    struct Grant: Codable, Hashable {
        let reference: String
        let environment: String?
        let at: String?
        let access: String?
        let path: String?
        let secretFile: String?
        let secretEnvironment: String?
        let allow: [String]?
    }

    let worker: String
    let mode: String
    let pin: String?
    let profile: String
    let lineage: [String]
    let profileDigest: String
    let engine: [String]?
    let prompts: [String: String]
    let workflows: [String]
    let assets: [String]
    let tools: [String: String]
    let grants: [Grant]

    init(_ specification: ResolvedWorkerSpec) {
        let profile = specification.profile
        worker = specification.worker.rawValue
        mode = specification.mode.rawValue
        pin = specification.pin?.description
        self.profile = profile.reference.description
        lineage = profile.lineage.map(\.description)
        profileDigest = profile.digest.hex
        engine = specification.decision.engineCommand
        prompts = profile.prompts.mapValues(\.text)
        workflows = profile.workflows.map(\.text)
        assets = profile.assets.map(\.text)
        tools = Dictionary(
            profile.tools.map { ($0.key.rawValue, $0.value.rawValue) },
            uniquingKeysWith: { first, _ in first })
        grants = specification.decision.granted.map(Grant.init)
    }
}

extension StoredWorkerSpec.Grant {
    init(_ granted: PolicyDecision.Granted) {
        var path: String?
        var file: String?
        var variable: String?
        var allow: [String]?
        switch granted.rule.resource {
        case .secretFromEnvironment(let name): variable = name
        case .secretFromFile(let name): file = name
        case .mount(let place, _): path = place
        case .network(let list): allow = list.map(\.description)
        case .shell(let list), .git(let list): allow = list
        case .capability: break
        }
        var environment: String?
        var at: String?
        switch granted.declaration.expose {
        case .env(let name): environment = name
        case .at(let place): at = place.text
        case nil: break
        }
        self.init(
            reference: granted.declaration.ref.description, environment: environment, at: at,
            access: granted.declaration.access?.rawValue, path: path, secretFile: file,
            secretEnvironment: variable, allow: allow)
    }
}
