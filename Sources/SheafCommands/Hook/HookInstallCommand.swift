internal import ArgumentParser
internal import BundleModel
internal import BundleRepository

/// `sheaf hook install`: puts the hooks where Git looks for them.
struct HookInstallCommand: Verb {
    static let configuration = CommandConfiguration(
        commandName: "install",
        abstract: "Install the hooks of a repository or a checkout.",
        discussion: """
            A repository gets the push gate: 'pre-receive', which checks every new commit of a \
            push, and 'proc-receive', without which Git refuses every push, so that a gate that \
            is gone or not executable lets nothing through; for that it also gets the settings \
            that 'sheaf doctor' looks for, receive.procReceiveRefs first. A checkout gets 'pre-commit', which \
            checks what is staged, and 'commit-msg', which writes the trailers of commits on a \
            bundle's branch.

            The hooks are written where Git looks for them (core.hooksPath) and run this very \
            program. What is as it should be is left alone; another hook is not replaced \
            without --force, which keeps it as '<hook>.before-sheaf'.

            A push is refused when it is not judged within 300 seconds; 'git config \
            sheaf.hookDeadline SECONDS' in the repository says otherwise.

            EXAMPLES
              sheaf hook install
              sheaf hook install --repository /srv/sheaf/acme.git
              sheaf hook install --checkout support-agents

            JSON
              {"directory", "program", "hooks": [{"hook", "previous"}],
              "settings": [key]}; 'previous' is how the hook stood: missing, current,
              outdated, not_executable or foreign; 'settings' are those that were made
            """)

    @OptionGroup var repository: LocalRepositoryOptions

    @Option(
        help: ArgumentHelp("A checkout, in place of a repository.", valueName: "path"),
        completion: .directory)
    var checkout: String?

    @Flag(help: "Replace hooks that are not Sheaf's.")
    var force = false

    @OptionGroup var output: OutputOptions

    private struct Result: Encodable {
        struct Hook: Encodable {
            let hook: String
            let previous: HookInstallation.State
        }

        let directory: String
        let program: String
        let hooks: [Hook]
        let settings: [String]
    }

    func validate() throws {
        if checkout != nil, repository.repository != nil {
            throw ValidationError("Give '--repository' or '--checkout', not both.")
        }
    }

    func perform(_ console: Console) async throws(SheafError) -> Answer {
        let place = if let checkout { checkout } else { try repository.path() }
        let installation = try await HookInstallation.find(
            in: place, program: try RunningProgram.path())
        let hooks = checkout == nil ? HookScript.ofRepository : HookScript.ofCheckout
        let installed = try installation.install(hooks, replacingForeign: force)
        let settings =
            checkout == nil ? try await RepositorySettings.find(in: place).establish() : []
        let result = Result(
            directory: installation.directory, program: installation.program,
            hooks: installed.map {
                Result.Hook(hook: $0.hook.rawValue, previous: $0.previous)
            }, settings: settings.map(\.key))
        try console.show(result) { Self.text(result, $0) }
        return .yes
    }

    private static func text(_ result: Result, _ style: TextStyle) -> String {
        let hooks = result.hooks.map { hook in
            let file = TextStyle.safe("\(result.directory)/\(hook.hook)")
            return switch hook.previous {
            case .current: "\(file) is there already\n"
            case .missing: "\(style.green("installed")) \(file)\n"
            case .outdated, .notExecutable, .foreign: "\(style.green("replaced")) \(file)\n"
            }
        }.joined()
        return result.settings.reduce(hooks) { "\($0)\(style.green("set")) \($1)\n" }
    }
}
