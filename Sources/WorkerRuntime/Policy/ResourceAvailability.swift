internal import BundleModel
internal import Foundation

/// Whether the host has what its policy grants: looked for, never read.
///
/// No path and no value is in it.
public struct ResourceAvailability: Hashable, Sendable, Encodable {
    /// The whole reference, e.g. `secret:tracker/api-token`.
    public let reference: String
    /// The declaration's name in the bundle.
    public let declaration: String
    /// Why a worker could not get it now; nil when nothing speaks against it.
    public let problem: String?

    /// Whether nothing speaks against it.
    public var isAvailable: Bool { problem == nil }
}

extension PolicyDecision {
    /// Looks for every granted secret and mount where the host policy says that it is.
    ///
    /// - Parameter variables: the names of the variables in the runtime's environment.
    func availability(variables: Set<String>) -> [ResourceAvailability] {
        granted.map {
            ResourceAvailability(
                reference: $0.declaration.ref.description,
                declaration: $0.declaration.name.rawValue,
                problem: Self.problem(with: $0.rule.resource, variables))
        }
    }

    private static func problem(
        with resource: GrantRule.Resource, _ variables: Set<String>
    ) -> String? {
        switch resource {
        case .secretFromEnvironment(let name):
            variables.contains(name)
                ? nil : "the runtime has no such variable in its environment"
        case .secretFromFile(let path): problem(withFile: path)
        case .mount(let path, _):
            // Only a directory has this entry.
            FileManager.default.fileExists(atPath: "\(path)/.")
                ? nil : "the directory is not there"
        case .network, .shell, .git, .capability: nil
        }
    }

    private static func problem(withFile path: String) -> String? {
        let files = FileManager.default
        guard files.fileExists(atPath: path) else { return "the file is not there" }
        // Only a directory has this entry.
        if files.fileExists(atPath: "\(path)/.") {
            return "there is a directory in the place of the file"
        }
        return files.isReadableFile(atPath: path) ? nil : "the file cannot be read"
    }
}
