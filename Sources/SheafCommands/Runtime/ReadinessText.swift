internal import BundleModel
internal import WorkerRuntime

/// What would become of a worker of a profile, for people: one line, then one for each grant.
enum ReadinessText {
    static func text(_ readiness: ProfileReadiness, _ style: TextStyle) -> String {
        let preflight = readiness.preflight
        let outcome =
            readiness.isReady
            ? style.green("ready")
            : preflight.isAllowed ? style.yellow("allowed, not ready") : style.red("refused")
        var text = "\(style.bold(readiness.profile.rawValue)): \(outcome)\n"
        if let failure = preflight.failure {
            text += line("failed", "\(failure.message) (\(failure.code.rawValue))")
        }
        for problem in readiness.problems {
            text += line("failed", "\(problem.message) (\(problem.code.rawValue))")
        }
        for grant in preflight.denied {
            text += line("denied", "\(grant.description) (\(grant.reason.rawValue))")
        }
        for grant in preflight.dropped {
            text += line("without", "\(grant.description) (\(grant.reason.rawValue))")
        }
        for resource in readiness.resources {
            let problem = resource.problem.map { ", but \($0) (not_available)" } ?? ""
            let isLeftOut = !resource.isAvailable && !resource.required
            text += line(isLeftOut ? "without" : "granted", resource.reference + problem)
        }
        return text
    }

    private static func line(_ word: String, _ text: String) -> String {
        let padding = String(repeating: " ", count: 9 - word.count)
        return "  \(word)\(padding)\(TextStyle.safe(text))\n"
    }
}
