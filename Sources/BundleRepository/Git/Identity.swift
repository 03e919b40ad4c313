package import BundleModel
internal import LibGit2

/// The Git identity of whoever publishes or releases.
package struct Identity: Hashable, Sendable {
    let signature: Signature

    /// Asks Git who the user is, from the environment and the configuration that hold in a
    /// directory; an identity that Git would have to guess is not taken.
    ///
    /// Throws `invalid_request` when none is set, with how to set it.
    package static func current(
        in directory: String, git: GitProgram
    ) async throws(SheafError) -> Identity {
        let output = try await git.run(
            ["-c", "user.useConfigOnly=true", "var", "GIT_COMMITTER_IDENT"], in: directory)
        guard output.status == 0, let signature = Signature(header: output.line),
            !signature.name.isEmpty, !signature.email.isEmpty
        else {
            throw SheafError(
                .invalidRequest, "Git does not know who you are",
                hint: """
                    git config --global user.name "Your Name" && \
                    git config --global user.email you@example.com
                    """)
        }
        return Identity(signature: signature)
    }
}
