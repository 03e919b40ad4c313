internal import ArgumentParser
internal import BundleModel
internal import WorkerRuntime

/// `sheaf runtime preflight`: which profiles this host would refuse, and why.
struct RuntimePreflightCommand: Verb {
    static let configuration = CommandConfiguration(
        commandName: "preflight",
        abstract: "Say which profiles this host would refuse, and why.",
        discussion: """
            The host policy decides as it would for a worker, grant by grant, and the host \
            is asked whether it has what it grants, whether the engine's command can be run, \
            and whether the release is fresh. No secret is read, and nothing is created. The exit status is 1 when a profile is not ready.

            EXAMPLES
              sheaf runtime preflight support-agents@latest
              sheaf runtime preflight support-agents@latest --profile coder

            JSON
              {"pin", "profiles": [{"profile", "ready", "allowed", "resources":
              [{"reference", "declaration", "required", "problem"}], "problems": [{"code",
              "message"}], "denied": [{"subject", "declaration", "reason", "message"}],
              "dropped": [...], "failure": {"code", "message"}}]}; 'resources' is what is
              granted, with a 'problem' where the host does not have it; 'problems' is what
              else would refuse a worker; 'dropped' is what the profile can go without
            """)

    @OptionGroup var pin: PinArgument
    @Option(help: "Only this profile.")
    var profile: String?
    @OptionGroup var store: StoreOptions
    @OptionGroup var output: OutputOptions

    private struct Result: Encodable {
        let pin: String
        let profiles: [ReadinessView]
    }

    func perform(_ console: Console) async throws(SheafError) -> Answer {
        let runtime = try store.openWorkers(.reader)
        let pin = try await pin.value(runtime)
        let profiles = try await runtime.preflight(
            pin, profile: try IdentifierArgument.optional(profile))
        let result = Result(
            pin: pin.description, profiles: profiles.map(ReadinessView.init))
        try console.show(result) { style in
            profiles.reduce("\(style.dim(pin.description))\n") {
                $0 + ReadinessText.text($1, style)
            }
        }
        return profiles.allSatisfy(\.isReady) ? .yes : .no
    }
}
