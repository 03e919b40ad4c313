internal import BundleModel
internal import BundleRepository

/// A refused push as its author reads it behind `remote: `: plain, without paths of the server.
enum RefusalText {
    /// Nobody reads more; the rest is counted.
    private static let maximumFindings = 200
    private static let plain = TextStyle(isTerminal: false, isColoured: false)

    /// Every reason, in the order of the verdict.
    static func text(_ verdict: PushVerdict) -> String {
        var text = "sheaf refuses this push and nothing of it was taken\n"
        var left = maximumFindings
        for refusal in verdict.refusals {
            text += place(refusal) + "\n"
            let findings = refusal.error.findings
            let shown = Array(findings.prefix(max(0, left)))
            left -= shown.count
            let error = SheafError(
                refusal.error.code, refusal.error.message, details: refusal.error.details,
                hint: refusal.error.hint, findings: shown)
            text += ErrorReport(error).text(plain)
            if shown.count < findings.count {
                text += "… and \(findings.count - shown.count) more; 'sheaf check' shows all\n"
            }
        }
        return text
    }

    /// One line, as Git gives a reason for one reference.
    static func line(_ refusal: PushRefusal) -> String {
        let commit = refusal.commit.map { "commit \($0.short): " } ?? ""
        let text = "\(refusal.error.code.rawValue): \(commit)\(refusal.error.message)"
        return String(TextStyle.safe(text).replacing("\n", with: " ").prefix(500))
    }

    private static func place(_ refusal: PushRefusal) -> String {
        let name = TextStyle.safe(
            String(DisplayText.masked(refusal.reference ?? "the push").prefix(300)))
        return refusal.commit.map { "\(name), commit \($0.short)" } ?? name
    }
}
