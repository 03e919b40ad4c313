internal import BundleModel
internal import Foundation

/// What Git's ignore rules exclude below a directory.
///
/// Inside a checkout all rules of Git hold, the user's own included, and what is tracked is never
/// ignored. Outside one the `.gitignore` files of the directory hold and nothing else, so that the
/// same directory gives the same bundle for everybody.
struct IgnoreRules {
    let git: GitProgram

    private static let arguments = [
        "ls-files", "--others", "--ignored", "--exclude-standard", "--directory", "-z",
    ]

    /// Paths below the directory; those of directories end in `/`.
    func ignored(
        in directory: String, checkout: Checkout?, hasIgnoreFile: Bool
    ) async throws(SheafError) -> Set<[UInt8]> {
        let output: GitProgram.Output
        if checkout != nil {
            output = try await git.run(Self.arguments, in: directory)
        } else {
            guard hasIgnoreFile else { return [] }
            output = try await outsideGit(directory)
        }
        guard output.status == 0 else {
            throw SheafError(
                .ioError, "Git cannot list what its ignore rules exclude",
                hint: output.standardError.split(separator: "\n").first.map(String.init))
        }
        return Set(output.records.filter { $0 != Array("./".utf8) })
    }

    /// Reads the rules with an empty repository of its own, which is removed again.
    private func outsideGit(_ directory: String) async throws(SheafError) -> GitProgram.Output {
        let temporary = FileManager.default.temporaryDirectory
            .appending(path: "sheaf-ignore-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: temporary) }
        let created = try await git.run(
            ["init", "--quiet", "--bare", "--template=", temporary], in: directory)
        guard created.status == 0 else {
            throw SheafError(.ioError, "Git cannot make a temporary repository")
        }
        return try await git.run(
            ["-c", "core.excludesFile=", "-c", "core.bare=false"] + Self.arguments, in: directory,
            environment: ["GIT_DIR": temporary, "GIT_WORK_TREE": directory])
    }
}
