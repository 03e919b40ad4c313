internal import Foundation

/// Where things are when nobody says otherwise, after the XDG base directory specification.
package struct DefaultLocations: Sendable {
    /// The variables that were set; an empty one counts as not set, as the specification says.
    private let environment: [String: String]

    /// The environment of this process, read once: a push waits for each reading.
    private static let ofProcess = ProcessInfo.processInfo.environment

    /// Reads the variables of the process.
    package init(environment: [String: String]? = nil) {
        let environment = environment ?? Self.ofProcess
        self.environment = environment.filter { !$0.value.isEmpty }
    }

    /// The value of a variable; nil when it is not set or empty.
    func variable(_ name: String) -> String? { environment[name] }

    /// The repository of the user's workspace.
    var repository: String { "\(base("XDG_DATA_HOME", ".local/share"))/sheaf/repository.git" }

    /// The file of tokens of the user's own servers.
    package var tokenFile: String {
        variable("SHEAF_TOKENS") ?? "\(base("XDG_STATE_HOME", ".local/state"))/sheaf/tokens.json"
    }

    /// The store of the user's own runtime.
    var store: String { "\(base("XDG_STATE_HOME", ".local/state"))/sheaf/runtime" }

    /// The copies of repositories at other places.
    var copies: String { "\(base("XDG_CACHE_HOME", ".cache"))/sheaf/remotes" }

    /// The store that a runtime works on: what the environment says, else that of the user.
    package var runtimeStore: String { variable("SHEAF_STORE") ?? store }

    /// The host policy that goes with a runtime's store: what the environment says, else in it.
    package func policy(ofRuntime store: String) -> String {
        variable("SHEAF_HOST_POLICY") ?? Self.policy(ofStore: store)
    }

    /// The host policy that goes with a store.
    static func policy(ofStore store: String) -> String { "\(store)/host-policy.yaml" }

    /// A path that does not depend on the working directory.
    package static func absolute(_ path: String) -> String {
        var text = URL(filePath: path).standardizedFileURL.path(percentEncoded: false)
        while text.count > 1, text.hasSuffix("/") { text.removeLast() }
        return text
    }

    /// A base directory; one that is not absolute is ignored, as the specification says.
    private func base(_ name: String, _ fallback: String) -> String {
        if let path = environment[name], path.hasPrefix("/") { return path }
        return "\(environment["HOME"] ?? NSHomeDirectory())/\(fallback)"
    }
}
