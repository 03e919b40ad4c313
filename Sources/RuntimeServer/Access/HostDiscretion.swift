internal import BundleModel

/// Keeps from whoever asks over a network what is the host's own: where its files are, and what is in
/// its policy. Its owner finds in the log which rule and line it was, and all of it through the socket.
enum HostDiscretion {
    /// The error without paths of the host.
    static func outside(_ error: SheafError) -> SheafError {
        if error.code == .hostPolicyInvalid {
            return SheafError(
                .hostPolicyInvalid, policy, hint: "the owner of the host sees what is wrong in it")
        }
        return SheafError(
            error.code, text(error.message), details: error.details.mapValues(text),
            hint: error.hint.map(text), findings: error.findings)
    }

    /// What the log says about an error of which whoever asked was told less: no path, and of a policy
    /// the places and the rules, not what is written there.
    static func facts(_ error: SheafError) -> [String: String] {
        var facts = ["code": error.code.rawValue]
        if error.findings.isEmpty {
            facts["message"] = text(error.message)
        } else {
            facts["findings"] = error.findings.prefix(20)
                .map { finding in
                    finding.line.map { "\(finding.rule) in line \($0)" } ?? finding.rule
                }
                .joined(separator: ", ")
        }
        return facts
    }

    /// What is said about an error inside an answer.
    static func message(_ code: String, _ message: String) -> String {
        code == SheafError.Code.hostPolicyInvalid.rawValue ? policy : text(message)
    }

    /// The error without the name of a file in which a body was kept.
    static func without(_ path: String, _ error: SheafError) -> SheafError {
        func shown(_ text: String) -> String {
            text.replacing("'\(path)'", with: "of the request").replacing(path, with: "the body")
        }
        return SheafError(
            error.code, shown(error.message), details: error.details.mapValues(shown),
            hint: error.hint.map(shown), findings: error.findings)
    }

    /// Messages put paths between quotes; those of a bundle never begin with a slash.
    private static func text(_ text: String) -> String {
        text.contains("'/") ? text.replacing(/'\/[^']*'/) { _ in "'…'" } : text
    }

    private static let policy = "the policy of this host is wrong or cannot be read"
}
