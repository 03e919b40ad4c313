public import BundleModel

extension WorkerLaunch {
    /// The specification as JSON, as an engine reads it: `spec.json`.
    ///
    /// Its form is ``WorkerSpecSchema``; `profile` is the `canonicalJSON` of the resolved profile, byte by
    /// byte. It has no secret and no source of one; paths of mounts are in it.
    ///
    /// Throws `io_error`.
    public func document() throws(SheafError) -> String {
        let head = try HostJSON.encode(Head(self))
        return "\(head.dropLast()),\"profile\":\(specification.profile.canonicalJSON)}\n"
    }

    /// The parts beside the profile.
    private struct Head: Encodable {
        struct Pin: Encodable {
            let workspace: String
            let bundle: String
            let commit: String
            let digest: String
        }

        let schema = WorkerSpecSchema.identifier
        let worker: String
        let mode: WorkerMode
        let pin: Pin?
        let selector: String
        let lineage: [String]
        let profileDigest: String
        let policyDigest: String
        let input = "input"
        let work = "work"
        let bundle: String?
        let labels: [String: String]
        let grants: [Grant]
        let without: [DeniedGrant]

        init(_ launch: WorkerLaunch) {
            let specification = launch.specification
            worker = specification.requestedID.rawValue
            mode = specification.mode
            pin = specification.pin.map {
                Pin(
                    workspace: $0.workspace.rawValue, bundle: $0.bundle.rawValue,
                    commit: $0.commit.hex, digest: $0.digest.description)
            }
            selector = specification.profile.reference.description
            lineage = specification.profile.lineage.map(\.description)
            profileDigest = "sha256:\(specification.profile.digest.hex)"
            policyDigest = "sha256:\(launch.policyDigest.hex)"
            bundle = launch.contents == nil ? nil : "bundle"
            labels = specification.intent.labels
            grants = specification.decision.granted.map(Grant.init)
            without = specification.decision.dropped
        }
    }

    private struct Grant: Encodable {
        let name: String
        let kind: String
        let reference: String
        var variable: String?
        var at: String?
        var path: String?
        var access: String?
        var allow: [String]?

        init(_ granted: PolicyDecision.Granted) {
            let declaration = granted.declaration
            name = declaration.name.rawValue
            kind = declaration.kind.rawValue
            reference = declaration.ref.description
            switch granted.rule.resource {
            case .secretFromEnvironment, .secretFromFile:
                if case .env(let name) = declaration.expose { variable = name }
            case .mount(let path, _):
                self.path = path
                access = (declaration.access ?? .read).rawValue
                variable = EngineVariable.mount(declaration.name)
                if case .at(let place) = declaration.expose { at = "work/\(place.text)" }
            case .network(let list): allow = list.map(\.description)
            case .shell(let list), .git(let list): allow = list
            case .capability: break
            }
        }
    }
}
