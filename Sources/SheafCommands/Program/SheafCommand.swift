internal import ArgumentParser
internal import BundleModel

/// The root of the command line.
struct SheafCommand: ParsableCommand {
    static let version = "sheaf \(SheafVersion.current)"

    static let configuration = CommandConfiguration(
        commandName: "sheaf",
        abstract: "Publishes, verifies and deploys the configuration of agent workers.",
        discussion: """
            Configuration lives in bundles: directories of profiles, prompts, workflows and \
            policies. Publishing a bundle makes a revision of it in a Git repository and \
            releases it on a channel; a runtime pulls releases, verifies them, and creates \
            workers from exactly what was pinned.

            EXAMPLES
              sheaf new agents --import ~/my-agents
              sheaf check agents
              sheaf publish agents -m "first"
              sheaf log agents
              sheaf diff agents@1 agents@2
              sheaf runtime sync agents@latest
              sheaf worker create --profile coder --bundle agents@latest

            ENVIRONMENT
              SHEAF_REPOSITORY   the repository, in place of --repository
              SHEAF_STORE        the runtime's store, in place of --store
              SHEAF_HOST_POLICY  the host policy, in place of --policy
              SHEAF_TOKENS       the file of tokens, in place of --tokens
              NO_COLOR           never write in colour

            EXIT STATUS
              0  yes, done
              1  the answer is no: refused, differs, not there
              2  wrong usage
              3  the environment failed: disk, network, another owner of the store
            """,
        version: version,
        groupedSubcommands: [
            CommandGroup(
                name: "Authoring",
                subcommands: [
                    NewCommand.self, CheckCommand.self, ScanCommand.self, DigestCommand.self,
                    SchemaCommand.self,
                ]),
            CommandGroup(
                name: "Publishing",
                subcommands: [
                    InitCommand.self, PublishCommand.self, LogCommand.self, ShowCommand.self,
                    DiffCommand.self, ExplainCommand.self, VerifyCommand.self,
                    ChannelCommand.self,
                ]),
            CommandGroup(
                name: "Git",
                subcommands: [HookCommand.self, StampCommand.self, DoctorCommand.self]),
            CommandGroup(
                name: "Runtime",
                subcommands: [RuntimeCommand.self, WorkerCommand.self]),
            CommandGroup(
                name: "Server", subcommands: [ServeCommand.self, TokenCommand.self]),
        ])
}
