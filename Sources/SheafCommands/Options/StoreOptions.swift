internal import ArgumentParser
internal import BundleModel

/// Which runtime a verb works on: its store and its host policy.
struct StoreOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The runtime's store.",
            discussion: """
                Default: $SHEAF_STORE, or sheaf/runtime in $XDG_STATE_HOME (~/.local/state).
                """, valueName: "path"),
        completion: .directory)
    var store: String?

    @Option(
        help: ArgumentHelp(
            "The host policy.",
            discussion: "Default: $SHEAF_HOST_POLICY, or host-policy.yaml in the store.",
            valueName: "path"),
        completion: .file(extensions: ["yaml"]))
    var policy: String?

    /// The path of the store, independent of the working directory.
    func storePath(_ locations: DefaultLocations = DefaultLocations()) -> String {
        DefaultLocations.absolute(
            store ?? locations.variable("SHEAF_STORE") ?? locations.store)
    }

    /// The path of the host policy, independent of the working directory.
    func policyPath(_ locations: DefaultLocations = DefaultLocations()) -> String {
        DefaultLocations.absolute(
            policy ?? locations.variable("SHEAF_HOST_POLICY")
                ?? DefaultLocations.policy(ofStore: storePath(locations)))
    }
}
