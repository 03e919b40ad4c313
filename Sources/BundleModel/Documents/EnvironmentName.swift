/// Names of environment variables that a bundle may ask for.
enum EnvironmentName {
    /// Variables that decide what runs or where a program looks for its files. A bundle must not
    /// reach them: a value, even a secret one, would change more than the worker's credentials.
    private static let reserved: Set<String> = [
        "PATH", "HOME", "SHELL", "USER", "LOGNAME", "IFS", "ENV", "BASH_ENV", "CDPATH", "TMPDIR",
        "PYTHONPATH", "PYTHONHOME", "PYTHONSTARTUP", "NODE_OPTIONS", "NODE_PATH", "PERL5LIB",
        "PERL5OPT", "RUBYOPT", "RUBYLIB", "JAVA_TOOL_OPTIONS", "EDITOR", "VISUAL", "PAGER",
    ]
    private static let reservedPrefixes = ["LD_", "DYLD_", "GIT_", "SHEAF_", "BASH_FUNC_"]

    /// `[A-Za-z_][A-Za-z0-9_]*`, and not one of the reserved names.
    static func read(_ text: Located<String>, log: FindingLog) -> String? {
        let bytes = text.value.utf8
        guard let first = bytes.first, bytes.count <= 128, first < 0x30 || first > 0x39,
            bytes.allSatisfy({
                ($0 >= 0x30 && $0 <= 0x39) || ($0 >= 0x41 && $0 <= 0x5A)
                    || ($0 >= 0x61 && $0 <= 0x7A) || $0 == 0x5F
            })
        else {
            log.malformed(
                "invalid-environment-name", at: text.mark,
                "'\(DisplayText.excerpt(text.value))' is not the name of an environment variable",
                hint: "use letters, digits and '_', e.g. TRACKER_TOKEN")
            return nil
        }
        let upper = text.value.uppercased()
        if reserved.contains(upper) || reservedPrefixes.contains(where: upper.hasPrefix) {
            log.malformed(
                "reserved-environment-name", at: text.mark,
                "\(KeyText.shown(text.value)) decides how programs run; a bundle cannot set it",
                hint: "choose a name of your own, e.g. TRACKER_TOKEN")
            return nil
        }
        return text.value
    }
}
