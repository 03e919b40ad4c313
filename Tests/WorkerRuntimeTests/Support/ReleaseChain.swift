import BundleModel
import Foundation
import TestSupport

/// Many releases of a small bundle, made in one run of git, and a channel's branch that is put on
/// one after the other.
struct ReleaseChain: Sendable {
    let commits: [String]
    private let branch: URL

    /// Writes the releases into the repository of a setup; the branch is on none of them yet.
    init(_ count: Int, in setup: RuntimeSetup) async throws {
        var stream = ""
        var commit = ForgedRelease()
        for number in 1...count {
            let bundle = SampleBundle.plain.saying("You fix ticket \(number).")
            commit.revision = number
            commit.sequence = number
            let message = try commit.message(digest: bundle.digest.description)
            stream += "commit refs/heads/chain\nmark :\(number)\n"
            stream += "author Ada <ada@example.com> \(1_700_000_000 + number) +0000\n"
            stream += "committer Ada <ada@example.com> \(1_700_000_000 + number) +0000\n"
            stream += "data \(message.utf8.count)\n\(message)\n"
            if number > 1 { stream += "from :\(number - 1)\n" }
            let files =
                number == 1 ? bundle.files : bundle.files.filter { $0.key == "prompts/system.md" }
            for (path, bytes) in files.sorted(by: { $0.key < $1.key }) {
                stream += "M 100644 inline \(path)\ndata \(bytes.count)\n"
                stream += String(decoding: bytes, as: UTF8.self) + "\n"
            }
        }
        try await setup.git.check("fast-import", "--quiet", input: Array(stream.utf8))
        commits = try await setup.git.lines("rev-list", "--reverse", "refs/heads/chain")
        try await setup.git.check("update-ref", "-d", "refs/heads/chain")
        branch = setup.git.program.directory.appending(
            path: "refs/heads/channels/support-agents/latest")
        try FileManager.default.createDirectory(
            at: branch.deletingLastPathComponent(), withIntermediateDirectories: true)
    }

    /// Puts the channel on a release, counted from 1, without a process.
    func put(_ number: Int) throws {
        try Data("\(commits[number - 1])\n".utf8).write(to: branch, options: .atomic)
    }
}
