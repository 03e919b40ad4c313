internal import BundleModel
internal import BundleRepository
internal import Foundation

/// The environment of an engine: a small fixed set of variables, and what the host policy grants.
/// Nothing is inherited.
struct GrantedEnvironment: Sendable {
    /// Every variable.
    private(set) var variables: [String: String]

    /// Reads the secrets of a worker from where the host has them.
    ///
    /// Throws `host_policy_denied` with every grant that the host policy gives and the host does not
    /// have, and `malformed_bundle` when two things have one variable.
    init(
        _ launch: WorkerLaunch, in directory: WorkerDirectory, host: [String: String]
    ) throws(SheafError) {
        try Self.requireApart(launch.specification)
        variables = [
            "PATH": "/usr/local/bin:/usr/bin:/bin", "LANG": "C.UTF-8", "HOME": directory.work,
            "TMPDIR": directory.temporary,
            "SHEAF_WORKER_ID": launch.specification.requestedID.rawValue,
            "SHEAF_WORKER_DIR": directory.root, "SHEAF_WORKER_SPEC": directory.specification,
            "SHEAF_WORKER_INPUT": directory.input,
        ]
        if launch.contents != nil {
            variables["SHEAF_WORKER_BUNDLE"] = directory.bundle
            for (role, path) in launch.specification.profile.prompts {
                variables[EngineVariable.prompt(role)] = "\(directory.bundle)/\(path.text)"
            }
        }
        var missing: [Finding] = []
        for granted in launch.specification.decision.granted {
            switch GrantedResource(granted: granted, host: host).take() {
            case .nothing: break
            case .value(let value):
                if let name = EngineVariable.name(of: granted.declaration) {
                    variables[name] = value
                }
            case .problem(let problem):
                missing.append(
                    Finding(
                        code: .hostPolicyDenied,
                        rule: DeniedGrant.Reason.notAvailable.rawValue,
                        message: "\(granted.declaration.ref): \(problem)"))
            }
        }
        guard missing.isEmpty else {
            throw SheafError(
                .hostPolicyDenied,
                "the host does not have "
                    + (missing.count == 1 ? "one thing" : "\(missing.count) things")
                    + " that its policy grants to worker '\(launch.worker)'",
                hint: "the owner of the host can see to it; 'grants' in the host policy says where",
                findings: missing)
        }
    }

    /// A check refuses such a bundle; what was accepted by earlier rules is found out here.
    static func requireApart(_ specification: ResolvedWorkerSpec) throws(SheafError) {
        try requireApart(specification.profile, specification.decision)
    }

    /// The same for a profile under a decision.
    static func requireApart(
        _ profile: ResolvedProfile, _ decision: PolicyDecision
    ) throws(SheafError) {
        let clashes = EngineVariable.clashes(
            roles: profile.prompts.keys, declarations: decision.granted.map(\.declaration))
        guard let first = clashes.first else { return }
        throw SheafError(
            .malformedBundle, first.message, details: ["variable": first.variable],
            hint: EngineVariableClash.hint,
            findings: clashes.map {
                Finding(code: .malformedBundle, rule: "variable-taken", message: $0.message)
            })
    }
}
