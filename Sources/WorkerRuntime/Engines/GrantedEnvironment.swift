internal import BundleModel
internal import BundleRepository
internal import Foundation

/// The environment of an engine: a small fixed set of variables, and what the host policy grants.
/// Nothing is inherited.
struct GrantedEnvironment: Sendable {
    /// Every variable.
    private(set) var variables: [String: String]
    private static let maximumSecret = 1 << 16

    /// Reads the secrets of a worker from where the host has them.
    ///
    /// Throws `host_policy_denied` with every grant that the host policy gives and the host does not
    /// have.
    init(
        _ launch: WorkerLaunch, in directory: WorkerDirectory, host: [String: String]
    ) throws(SheafError) {
        variables = [
            "PATH": "/usr/local/bin:/usr/bin:/bin", "LANG": "C.UTF-8", "HOME": directory.work,
            "TMPDIR": directory.temporary, "SHEAF_WORKER_ID": launch.worker.rawValue,
            "SHEAF_WORKER_DIR": directory.root, "SHEAF_WORKER_SPEC": directory.specification,
            "SHEAF_WORKER_INPUT": directory.input,
        ]
        if launch.contents != nil {
            variables["SHEAF_WORKER_BUNDLE"] = directory.bundle
            for (role, path) in launch.specification.profile.prompts {
                variables["SHEAF_PROMPT_\(Self.word(role))"] = "\(directory.bundle)/\(path.text)"
            }
        }
        var missing: [Finding] = []
        for granted in launch.specification.decision.granted {
            if let problem = add(granted, host) {
                missing.append(
                    Finding(
                        code: .hostPolicyDenied, rule: "not_available",
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

    /// Adds one grant; says what is wrong with it, without a path or a value.
    private mutating func add(
        _ granted: PolicyDecision.Granted, _ host: [String: String]
    ) -> String? {
        let name = granted.declaration.name.rawValue
        switch granted.rule.resource {
        case .mount(let path, _):
            variables["SHEAF_MOUNT_\(Self.word(name))"] = path
            // Only a directory has this entry.
            let isThere = FileManager.default.fileExists(atPath: "\(path)/.")
            return isThere ? nil : "the directory is not there"
        case .secretFromEnvironment(let source):
            guard let value = host[source], !value.isEmpty else {
                return "the runtime has no such variable in its environment"
            }
            return expose(value, granted.declaration)
        case .secretFromFile(let path): return exposeFile(path, granted.declaration)
        case .network, .shell, .git, .capability: return nil
        }
    }

    private mutating func exposeFile(_ path: String, _ declaration: Declaration) -> String? {
        do throws(SheafError) {
            guard let file = try HostOwnedFile.read(path, maximumBytes: Self.maximumSecret) else {
                return "the file is not there"
            }
            guard var value = String(validating: file.bytes, as: UTF8.self) else {
                return "the file is not text"
            }
            while value.utf8.last == 0x0A || value.utf8.last == 0x0D {
                value.unicodeScalars.removeLast()
            }
            return value.isEmpty ? "the file is empty" : expose(value, declaration)
        } catch {
            return error.code == .limitExceeded
                ? "the file is over \(Self.maximumSecret) bytes" : "the file cannot be read"
        }
    }

    /// A secret goes where its declaration says, and nowhere when it does not say.
    private mutating func expose(_ value: String, _ declaration: Declaration) -> String? {
        guard case .env(let name) = declaration.expose else { return nil }
        guard !value.utf8.contains(0) else { return "the value has a NUL" }
        variables[name] = value
        return nil
    }

    /// A name as part of the name of a variable.
    static func word(_ name: String) -> String {
        String(
            name.uppercased().unicodeScalars.map {
                ("A"..."Z").contains($0) || ("0"..."9").contains($0) ? Character($0) : "_"
            })
    }
}
