package import BundleModel
internal import Foundation

/// The Git checkout that a directory lies in, and what it says about where the files came from.
package struct Checkout: Hashable, Sendable {
    /// The commit that is checked out; nil before the first one.
    package let commit: CommitID?
    /// The directory's path below the top of the checkout; empty for the top.
    package let subdirectory: String
    /// The name of the top directory.
    package let name: String
    /// The remote's URL as configured; nil without one.
    package let remote: String?
    /// Whether anything below the directory differs from the commit.
    package let state: SourceState

    /// Finds the checkout of a directory; nil outside Git.
    ///
    /// Throws `io_error` when Git refuses to say, `deadline_exceeded` when it takes too long.
    static func find(
        _ directory: String, git: GitProgram
    ) async throws(SheafError) -> Checkout? {
        guard isBelowCheckout(directory) else { return nil }
        let place = try await git.run(
            ["rev-parse", "--is-inside-work-tree", "--show-toplevel", "--show-prefix"],
            in: directory)
        guard place.status == 0 else {
            throw SheafError(
                .ioError, "Git cannot tell where the files come from",
                hint: place.standardError.split(separator: "\n").first.map(String.init))
        }
        let lines = place.line.split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.first == "true", lines.count >= 2 else { return nil }
        let prefix = lines.count > 2 ? String(lines[2]) : ""
        let head = try await git.run(["rev-parse", "--verify", "--quiet", "HEAD"], in: directory)
        let remotes = try await git.run(
            ["config", "--local", "--get-regexp", #"^remote\..*\.url$"#], in: directory)
        let status = try await git.run(
            [
                "status", "--porcelain", "-z", "--untracked-files=all", "--ignore-submodules=none",
                "--", ".",
            ],
            in: directory)
        return Checkout(
            commit: head.status == 0 ? CommitID(head.line) : nil,
            subdirectory: prefix.hasSuffix("/") ? String(prefix.dropLast()) : prefix,
            name: lines[1].split(separator: "/").last.map(String.init) ?? "checkout",
            remote: preferredRemote(remotes.line),
            state: status.status == 0 && status.standardOutput.isEmpty ? .clean : .modified)
    }

    /// Where the contents come from, as the trailer says it.
    func source(directoryName: String) -> (BundleSource, SourceState?) {
        guard let commit else { return (.directory(name: directoryName), nil) }
        let source = BundleSource.git(
            remote: remote, name: name, commit: commit, subdirectory: subdirectory)
        return (source, state)
    }

    /// `origin`, or the first of the remotes by name.
    private static func preferredRemote(_ listing: String) -> String? {
        let remotes = listing.split(separator: "\n").compactMap { line -> (String, String)? in
            let parts = line.split(separator: " ", maxSplits: 1)
            guard parts.count == 2 else { return nil }
            return (String(parts[0]), String(parts[1]))
        }
        let origin = remotes.first { $0.0 == "remote.origin.url" }
        return (origin ?? remotes.min { $0.0 < $1.0 })?.1
    }

    /// Whether the directory or one above it holds `.git`; saves a process outside Git.
    private static func isBelowCheckout(_ directory: String) -> Bool {
        var place = URL(filePath: directory).resolvingSymlinksInPath().standardizedFileURL
        while true {
            if FileManager.default.fileExists(atPath: place.appending(path: ".git").path) {
                return true
            }
            let parent = place.deletingLastPathComponent()
            if parent.path == place.path || place.path == "/" { return false }
            place = parent
        }
    }
}
