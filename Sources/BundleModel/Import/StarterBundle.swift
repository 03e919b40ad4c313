/// A small bundle to start from: one of each thing that most bundles have, with comments that say
/// what it is for.
public enum StarterBundle {
    /// The files of the bundle, sorted by path.
    ///
    /// They pass the check as they are. The declaration is not required, so that a worker can be
    /// created before a host grants anything.
    public static func files(
        workspace: WorkspaceID, bundle: BundleID
    ) -> [(path: BundlePath, bytes: [UInt8])] {
        let texts = [
            "bundle.yaml": manifest(workspace, bundle),
            "models/main.yaml": model,
            "policies/checkout.yaml": declaration,
            "profiles/coder.yaml": profile,
            "prompts/coder.md": prompt,
            "tools/shell.yaml": tool,
        ]
        return texts.compactMap { path, text in
            (try? BundlePath(path)).map { (path: $0, bytes: Array(text.utf8)) }
        }.sorted { $0.path < $1.path }
    }

    private static func manifest(_ workspace: WorkspaceID, _ bundle: BundleID) -> String {
        """
        # What this bundle is and whose it is. Every YAML file names its schema in its first key;
        # `sheaf schema bundle` prints what may stand here, for completion in an editor.
        schema: sheaf/bundle/v1

        # A workspace owns bundles; both ids are part of every published revision.
        workspace: \(workspace)
        bundle: \(bundle)

        description: An example to start from
        language: en

        # The profile of a worker for which none is named.
        defaultProfile: coder

        # For people and inventories; nothing depends on them.
        labels:
          stage: example

        """
    }

    private static let profile = """
        # A profile is what a worker is created from. The file name is its name:
        #   sheaf worker create --profile coder --bundle <bundle>@latest
        schema: sheaf/profile/v1
        label: Coder
        description: Makes a small change and shows that it works

        # A profile can build on another one of this bundle: what is written here then replaces
        # what the other says, and maps are merged key by key.
        # extends: base

        # models/main.yaml
        model: main

        # Prompts by role; paths start at the top of the bundle.
        prompts:
          system: prompts/coder.md

        # allow, ask or deny; this stands before the policy in tools/<name>.yaml.
        tools:
          read: allow
          shell: ask

        # What the worker needs from its host, by the name of a file in policies/.
        grants:
          - checkout

        # For the engine that runs the worker.
        settings:
          maxTurns: 40

        """

    private static let prompt = """
        You make one small change at a time.

        1. Read the code around the change before you touch it.
        2. Write down what has to be true afterwards, and how you will see that it is.
        3. Make the change, then look.

        """

    private static let model = """
        # A model and whose it is. A key or token never stands in a bundle: declare a secret_ref in
        # policies/ and name it here as `credential`.
        schema: sheaf/model/v1
        provider: anthropic
        model: claude-sonnet-4
        parameters:
          maxOutputTokens: 8192

        """

    private static let tool = """
        # The policy for a tool in every profile that says nothing else. The file name is the name
        # of the tool.
        schema: sheaf/tool/v1
        description: Runs a command in the checkout
        policy: ask

        """

    private static let declaration = """
        # Something of the host that profiles may ask for. A bundle asks by a name; what the name
        # stands for on a host, and which profiles get it, is in that host's own policy file.
        schema: sheaf/declaration/v1
        kind: mount_grant
        ref: mount:checkout
        purpose: the checkout that the worker changes

        # With `true` no worker is created where a host does not grant it.
        required: false

        # Where the worker finds it, and whether it may write there.
        expose:
          at: checkout
        access: write

        """
}
