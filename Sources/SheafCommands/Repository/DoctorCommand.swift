internal import ArgumentParser
internal import BundleModel
internal import BundleRepository

/// `sheaf doctor`: what a repository lacks.
struct DoctorCommand: Verb {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Find what a repository lacks, and repair it.",
        discussion: """
            Settings, the push gate, references that are no part of a bundle, files that change \
            what Git reads, leftovers, and who can write. Exit status 1 when something is \
            wrong. What the commits hold is for 'sheaf verify'.

            EXAMPLES
              sheaf doctor
              sheaf doctor --fix
              sheaf doctor --repository /srv/sheaf/acme.git --format json

            JSON
              {"repository", "problems": [{"kind", "subject", "message", "advice",
              "isFixable"}], "fixed": number}
            """)

    @Flag(help: "Set settings, install hooks, point HEAD, remove leftovers.")
    var fix = false

    @OptionGroup var repository: LocalRepositoryOptions
    @OptionGroup var output: OutputOptions

    private struct Result: Encodable {
        struct Problem: Encodable {
            let kind: String
            let subject: String
            let message: String
            let advice: String
            let isFixable: Bool
        }

        let repository: String
        let problems: [Problem]
        let fixed: Int
    }

    func perform(_ console: Console) async throws(SheafError) -> Answer {
        let doctor = try RepositoryDoctor(
            of: try repository.path(), program: try RunningProgram.path())
        var problems = try await doctor.examine()
        let before = problems.count
        if fix {
            try await doctor.fix()
            problems = try await doctor.examine()
        }
        let result = Result(
            repository: doctor.path,
            problems: problems.map {
                Result.Problem(
                    kind: $0.kind, subject: $0.subject, message: $0.message,
                    advice: $0.advice.replacing("<repository>", with: doctor.path),
                    isFixable: $0.isFixable)
            }, fixed: before - problems.count)
        try console.show(result) { Self.text(result, $0) }
        return problems.isEmpty ? .yes : .no
    }

    private static func text(_ result: Result, _ style: TextStyle) -> String {
        var text = result.problems.map { problem in
            "\(style.bold(TextStyle.safe(problem.subject))): "
                + "\(style.yellow("\(problem.kind):")) \(TextStyle.safe(problem.message))\n"
                + "  hint: \(TextStyle.safe(problem.advice))\n"
        }.joined()
        if result.fixed > 0 { text += "\(Count.text(result.fixed, "problem")) fixed\n" }
        if result.problems.isEmpty {
            return text + "\(style.green("in order:")) \(TextStyle.safe(result.repository))\n"
        }
        let fixable = result.problems.count { $0.isFixable }
        text += "\(Count.text(result.problems.count, "problem"))"
        return text + (fixable > 0 ? "; 'sheaf doctor --fix' repairs \(fixable)\n" : "\n")
    }
}
