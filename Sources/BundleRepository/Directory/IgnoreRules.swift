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
        var output: GitProgram.Output?
        if checkout != nil { output = try await insideGit(directory) }
        if output == nil {
            guard hasIgnoreFile else { return [] }
            output = try await outsideGit(directory)
        }
        guard let output, output.status == 0 else {
            throw SheafError(
                .ioError, "Git cannot list what its ignore rules exclude",
                hint: output?.standardError.split(separator: "\n").first.map(String.init))
        }
        return Self.withoutParts(output.records)
    }

    /// Asks the checkout; nil when its rules exclude the whole directory, which somebody who
    /// publishes it does not mean. `git ls-files` then gives `./` or, deeper down, stops.
    private func insideGit(_ directory: String) async throws(SheafError) -> GitProgram.Output? {
        let output = try await git.run(Self.arguments, in: directory)
        if output.status == 0, !output.records.contains(Array("./".utf8)) { return output }
        let whole = try await git.run(["check-ignore", "--quiet", "."], in: directory)
        return whole.status == 0 ? nil : output
    }

    /// Git lists some directories together with what is in them.
    private static func withoutParts(_ records: [[UInt8]]) -> Set<[UInt8]> {
        let all = Set(records)
        let directories = all.filter { $0.last == 0x2F }
        guard !directories.isEmpty else { return all }
        return all.filter { path in
            !path.indices.dropLast().contains { index in
                path[index] == 0x2F && directories.contains(Array(path[...index]))
            }
        }
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
            environment: ["GIT_DIR": temporary, "GIT_WORK_TREE": "."])
    }
}
