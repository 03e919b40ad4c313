internal import BundleModel

/// A specification as a row of the store holds it: everything that a worker is started from, beside
/// the intent, which the row has in a column of its own.
package struct StoredWorkerSpec: Codable, Hashable, Sendable {
    /// A declaration that was granted, and what it stands for on this host.
    package struct Grant: Codable, Hashable, Sendable {
        package let name: String
        package let kind: String
        package let reference: String
        package let environment: String?
        package let at: String?
        package let access: String?
        package let path: String?
        package let secretFile: String?
        package let secretEnvironment: String?
        package let allow: [String]?
    }

    /// The form that this version writes, and the only one that it reads.
    package static let schema = "sheaf/worker-specification/v1"

    package let schema: String
    package let worker: String
    package let mode: String
    package let pin: String?
    package let profile: String
    package let lineage: [String]
    package let profileDigest: String
    /// ``ResolvedProfile/canonicalJSON``: model, prompts, tools, plugins, settings and the rest.
    package let resolvedProfile: String
    package let engineCommand: [String]?
    package let grants: [Grant]

    init(_ specification: ResolvedWorkerSpec) {
        let profile = specification.profile
        schema = Self.schema
        worker = specification.worker.rawValue
        mode = specification.mode.rawValue
        pin = specification.pin?.description
        self.profile = profile.reference.description
        lineage = profile.lineage.map(\.description)
        profileDigest = profile.digest.hex
        resolvedProfile = profile.canonicalJSON
        engineCommand = specification.decision.engineCommand
        grants = specification.decision.granted.map(Grant.init)
    }

    /// The form in which a row of the store holds it.
    var json: CanonicalJSON.Value {
        .object([
            "schema": .text(schema), "worker": .text(worker), "mode": .text(mode),
            "pin": pin.map { .text($0) }, "profile": .text(profile),
            "lineage": .array(lineage.map { .text($0) }), "profileDigest": .text(profileDigest),
            "resolvedProfile": .text(resolvedProfile),
            "engineCommand": engineCommand.map { .array($0.map { .text($0) }) },
            "grants": .array(grants.map { $0.json }),
        ])
    }

    /// Reads a row; throws `store_corrupt`.
    init(_ record: WorkerRecord) throws(SheafError) {
        let known = try HostJSON.decode(record.specification, as: Form.self)
        guard known.schema == Self.schema else {
            throw SheafError(
                .storeCorrupt,
                "worker '\(record.id)' is stored in the form '\(DisplayText.escape(known.schema))'",
                hint: "this version reads '\(Self.schema)'")
        }
        self = try HostJSON.decode(record.specification, as: Self.self)
    }

    private struct Form: Decodable {
        let schema: String
    }
}

extension StoredWorkerSpec.Grant {
    var json: CanonicalJSON.Value {
        .object([
            "name": .text(name), "kind": .text(kind), "reference": .text(reference),
            "environment": environment.map { .text($0) }, "at": at.map { .text($0) },
            "access": access.map { .text($0) }, "path": path.map { .text($0) },
            "secretFile": secretFile.map { .text($0) },
            "secretEnvironment": secretEnvironment.map { .text($0) },
            "allow": allow.map { .array($0.map { .text($0) }) },
        ])
    }

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
            name: granted.declaration.name.rawValue, kind: granted.declaration.kind.rawValue,
            reference: granted.declaration.ref.description, environment: environment, at: at,
            access: granted.declaration.access?.rawValue, path: path, secretFile: file,
            secretEnvironment: variable, allow: allow)
    }
}
