internal import BundleModel
internal import Foundation

/// The Git checkout that a directory lies in.
struct Checkout: Hashable, Sendable {
    /// The directory's path below the top of the checkout; empty for the top.
    let subdirectory: String
    /// The name of the top directory.
    let name: String

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
        let lines = String(decoding: place.standardOutput, as: UTF8.self)
            .split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.first == "true" else { return nil }
        // Three lines and what stands behind the last line break: nothing.
        guard lines.count == 4 else {
            throw SheafError(
                .invalidRequest, "the path of the checkout has a line break in it",
                hint: "move the checkout to a directory with another name")
        }
        let prefix = String(lines[2])
        return Checkout(
            subdirectory: prefix.hasSuffix("/") ? String(prefix.dropLast()) : prefix,
            name: lines[1].split(separator: "/").last.map(String.init) ?? "checkout")
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
