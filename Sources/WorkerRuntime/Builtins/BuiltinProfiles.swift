public import BundleModel

/// The profiles that are compiled into the runtime.
///
/// They name no prompt, plugin or grant: those come from bundles. A worker gets one of them without
/// a bundle only where the host policy allows it, and a profile of a bundle may extend one by name.
public enum BuiltinProfiles {
    /// Every builtin profile, by name.
    public static let all: [ProfileID: ProfileDocument] = {
        var profiles: [ProfileID: ProfileDocument] = [:]
        for (name, text) in texts {
            guard let id = try? ProfileID(name),
                let profile = try? ProfileDocument.read(
                    Array(text.utf8), name: id, path: "builtin:\(name)")
            else { continue }
            profiles[id] = profile
        }
        return profiles
    }()

    /// The names and texts, in the format of a bundle's own profiles.
    static let texts = [
        "companion": """
        schema: sheaf/profile/v1
        label: Companion
        description: Talks with a person and looks things up; changes nothing
        tools: { read: allow, search: allow, write: deny, shell: deny }
        """,
        "coder": """
        schema: sheaf/profile/v1
        label: Coder
        description: Changes code in a checkout and asks before it runs commands
        tools: { read: allow, search: allow, write: allow, shell: ask }
        """,
        "reviewer": """
        schema: sheaf/profile/v1
        label: Reviewer
        description: Reads a change and comments on it; changes nothing
        tools: { read: allow, search: allow, write: deny, shell: deny }
        """,
        "orchestrator": """
        schema: sheaf/profile/v1
        label: Orchestrator
        description: Splits work into tasks and hands them to other workers
        tools: { read: allow, search: allow, write: deny, shell: deny, delegate: allow }
        """,
        "intake": """
        schema: sheaf/profile/v1
        label: Intake
        description: Reads what comes in, sorts it and asks for what is missing
        tools: { read: allow, search: deny, write: deny, shell: deny }
        """,
    ]
}
