internal import Foundation

/// The file `boundary-rules.json`, which is read once.
struct BoundaryRules: Decodable, Sendable {
    let secrets: SecretRules
    let paths: [HostPathRule]

    private enum CodingKeys: CodingKey {
        case paths
    }

    init(from decoder: any Decoder) throws {
        secrets = try SecretRules(from: decoder)
        paths = try decoder.container(keyedBy: CodingKeys.self)
            .decode([HostPathRule].self, forKey: .paths)
    }

    private init(secrets: SecretRules, paths: [HostPathRule]) {
        self.secrets = secrets
        self.paths = paths
    }

    static let standard = read(PackageResources.boundary_rules_json)

    /// The rules of a file; none when it cannot be read, which a test excludes for the standard.
    static func read(_ bytes: [UInt8]) -> BoundaryRules {
        (try? JSONDecoder().decode(BoundaryRules.self, from: Data(bytes)))
            ?? BoundaryRules(secrets: .none, paths: [])
    }
}
