internal import ArgumentParser
internal import BundleModel
internal import BundleRepository
internal import Foundation

/// `sheaf hook pre-commit`: the check of what is staged.
struct PreCommitCommand: Verb {
    static let configuration = CommandConfiguration(
        commandName: "pre-commit",
        abstract: "Refuse a commit while a staged bundle is not in order.",
        discussion: """
            Every bundle that the commit touches is checked as 'sheaf check' does, in what is \
            staged and not in the working files: each directory with a bundle.yaml, and the top \
            of a clone of a bundle's branch. A commit that touches no bundle is no business of \
            this hook.

            EXAMPLES
              sheaf hook pre-commit

            JSON
              {"bundles": [{"directory", "findings": [{"code", "rule", "path", "line",
              "column", "message", "hint"}]}]}
            """)

    @OptionGroup var output: OutputOptions

    private struct Result: Encodable {
        struct Bundle: Encodable {
            let directory: String
            let findings: [Finding]
        }

        let bundles: [Bundle]
    }

    func perform(_ console: Console) async throws(SheafError) -> Answer {
        let staged = StagedBundles(environment: ProcessInfo.processInfo.environment)
        let bundles = try await staged.check()
        if console.format == .json {
            let result = Result(
                bundles: bundles.map {
                    Result.Bundle(directory: $0.directory, findings: $0.findings)
                })
            try console.write(JSONText.encode(result))
        }
        var answer = Answer.yes
        for bundle in bundles {
            let place = bundle.directory.isEmpty ? "." : bundle.directory
            guard
                let error = SheafError(
                    findings: bundle.findings, in: "the staged bundle in '\(place)'")
            else { continue }
            answer = .no
            if console.format == .text { ErrorReport(error).write(to: console) }
        }
        return answer
    }
}
