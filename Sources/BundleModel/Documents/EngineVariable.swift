/// The names of the variables by which an engine finds what it was given.
///
/// Names in a bundle have more characters than names of variables, so two of them can have one
/// variable: the check of a bundle refuses that, and so does a start.
public enum EngineVariable {
    /// Variables that every engine has.
    public static let fixed: Set<String> = [
        "PATH", "LANG", "HOME", "TMPDIR", "SHEAF_WORKER_ID", "SHEAF_WORKER_DIR",
        "SHEAF_WORKER_SPEC", "SHEAF_WORKER_INPUT", "SHEAF_WORKER_BUNDLE",
    ]

    /// The variable that has the file of a prompt, e.g. `SHEAF_PROMPT_SYSTEM`.
    public static func prompt(_ role: String) -> String { "SHEAF_PROMPT_\(word(role))" }

    /// The variable that has the directory of a mount, e.g. `SHEAF_MOUNT_CHECKOUT`.
    public static func mount(_ declaration: DeclarationName) -> String {
        "SHEAF_MOUNT_\(word(declaration.rawValue))"
    }

    /// The variable by which something that a declaration asks for reaches an engine; nil for none.
    public static func name(of declaration: Declaration) -> String? {
        switch (declaration.kind, declaration.expose) {
        case (.mountGrant, _): mount(declaration.name)
        case (.secretRef, .env(let name)): name
        default: nil
        }
    }

    /// Every two things that have one variable, in the order of the variables' names.
    package static func clashes(
        roles: some Sequence<String>, declarations: some Sequence<Declaration>
    ) -> [EngineVariableClash] {
        var owners: [String: [String]] = [:]
        func add(_ owner: String, to variable: String) {
            let others = fixed.contains(variable) ? ["a variable of every engine"] : []
            owners[variable, default: others].append(owner)
        }
        for role in roles.sorted() { add("prompt '\(role)'", to: prompt(role)) }
        for declaration in declarations.sorted(by: { $0.name < $1.name }) {
            guard let variable = name(of: declaration) else { continue }
            add("declaration '\(declaration.name)'", to: variable)
        }
        return owners.filter { $0.value.count > 1 }.sorted { $0.key < $1.key }.flatMap { entry in
            entry.value.dropFirst().map {
                EngineVariableClash(variable: entry.key, first: entry.value[0], second: $0)
            }
        }
    }

    private static func word(_ name: String) -> String {
        if name.utf8.allSatisfy({ $0 < 0x80 }) {
            let letters = name.utf8.map { byte in
                byte.isASCIIAlphanumeric ? (byte.isASCIILower ? byte ^ 0x20 : byte) : 0x5F
            }
            return String(decoding: letters, as: UTF8.self)
        }
        return String(
            name.uppercased().unicodeScalars.map {
                ("A"..."Z").contains($0) || ("0"..."9").contains($0) ? Character($0) : "_"
            })
    }
}
