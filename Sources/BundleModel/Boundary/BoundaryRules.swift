/// The file `boundary-rules.json`, which is read once.
struct BoundaryRules: Sendable {
    let secrets: SecretRules
    let paths: [HostPathRule]

    private init(_ file: RulesValue) throws(RulesValue.Problem) {
        secrets = try SecretRules(file)
        paths = try file.list("paths", of: HostPathRule.init)
    }

    private init(secrets: SecretRules, paths: [HostPathRule]) {
        self.secrets = secrets
        self.paths = paths
    }

    static let standard = read(PackageResources.boundary_rules_json)

    /// The rules of a file; none when it cannot be read, which a test excludes for the standard.
    static func read(_ bytes: [UInt8]) -> BoundaryRules {
        (try? BoundaryRules(RulesValue.read(bytes))) ?? BoundaryRules(secrets: .none, paths: [])
    }
}
