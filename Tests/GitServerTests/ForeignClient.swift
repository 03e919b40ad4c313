import Foundation
import TestSupport

/// A client of Git that is neither ours nor the `git` program.
enum ForeignClient: String, CaseIterable, Sendable {
    case dulwich, pygit2

    /// The program: `clone`, `fetch` or `push` in its working directory, and a JSON object of what
    /// came of it. The token is in its environment.
    private var script: String {
        switch self {
        case .dulwich:
            """
            import io, json, os, sys
            from dulwich import porcelain
            from dulwich.errors import GitProtocolError
            verb, url = sys.argv[1:3]
            said = io.BytesIO()
            how = dict(username="git", password=os.environ["TOKEN"], errstream=said)
            branch = b"refs/heads/bundles/agents"
            failure = ""
            try:
                if verb == "clone":
                    porcelain.clone(url, "clone", **how).close()
                elif verb == "fetch":
                    with porcelain.open_repo("clone") as repository:
                        refs = porcelain.fetch(repository, url, **how).refs
                        repository.refs[b"refs/heads/fetched"] = refs[branch]
                else:
                    result = porcelain.push("clone", url, [branch + b":" + branch], **how)
                    reason = (getattr(result, "ref_status", None) or {}).get(branch)
                    failure = str(reason) if reason else ""
            except (porcelain.Error, GitProtocolError) as error:
                failure = str(error) or type(error).__name__
            json.dump({"failure": failure, "said": said.getvalue().decode()}, sys.stdout)
            """
        case .pygit2:
            """
            import json, os, sys, pygit2
            verb, url = sys.argv[1:3]
            branch = "refs/heads/bundles/agents"
            class Callbacks(pygit2.RemoteCallbacks):
                said, failure = "", ""
                def credentials(self, url, user, allowed):
                    return pygit2.UserPass("git", os.environ["TOKEN"])
                def sideband_progress(self, text):
                    self.said += text
                def push_update_reference(self, name, message):
                    if message:
                        self.failure = message
            callbacks = Callbacks()
            try:
                if verb == "clone":
                    pygit2.clone_repository(url, "clone", callbacks=callbacks)
                else:
                    repository = pygit2.Repository("clone")
                    remote = repository.remotes.create_anonymous(url)
                    if verb == "fetch":
                        remote.fetch(
                            ["+" + branch + ":refs/heads/fetched"], callbacks=callbacks)
                    else:
                        remote.push([branch + ":" + branch], callbacks=callbacks)
            except pygit2.GitError as error:
                callbacks.failure = str(error)
            json.dump({"failure": callbacks.failure, "said": callbacks.said}, sys.stdout)
            """
        }
    }

    /// What came of a run.
    struct Answer: Decodable, Sendable {
        /// Why it failed; empty when it did not.
        let failure: String
        /// What the server said beside it.
        let said: String
    }

    /// Runs the client in a directory.
    func run(
        _ verb: String, _ url: String, _ token: String, in directory: URL
    ) async throws -> Answer {
        let output = try await PythonProgram.run(
            script, [verb, url], packages: [rawValue], in: directory,
            environment: ["TOKEN": token])
        guard output.succeeded else { throw Broken(client: self, output: output) }
        return try JSONDecoder().decode(Answer.self, from: Data(output.standardOutput))
    }

    /// A client that did not come to an end of its own.
    struct Broken: Error, CustomStringConvertible {
        let client: ForeignClient
        let output: ProgramOutput

        var description: String { "\(client.rawValue): \(output)" }
    }
}
