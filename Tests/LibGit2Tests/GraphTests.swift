import LibGit2
import Testing

@Suite struct GraphTests {
    @Test("descent follows parents, as git merge-base --is-ancestor does")
    func descent() async throws {
        let fixture = try RepositoryFixture()
        let root = try fixture.commit("root")
        let left = try fixture.commit("left", parents: [root])
        let right = try fixture.commit("right", parents: [root])
        let merge = try fixture.commit("merge", parents: [left, right])
        let alien = try fixture.commit("alien")
        let commits = [root, left, right, merge, alien]
        for later in commits {
            for earlier in commits {
                let expected = try await isAncestor(fixture.git, earlier, later)
                #expect(try fixture.repository.isDescendant(later, of: earlier) == expected)
            }
        }
    }

    @Test("what is not a commit here has no descent")
    func notCommits() throws {
        let fixture = try RepositoryFixture()
        let commit = try fixture.commit("1")
        let tree = try fixture.repository.commit(commit).tree
        let absent = ObjectID.hash(.commit, [])
        for (later, earlier) in [
            (commit, tree), (tree, commit), (tree, tree), (commit, absent),
            (absent, commit), (absent, absent),
        ] {
            let error = #expect(throws: GitError.self) {
                try fixture.repository.isDescendant(later, of: earlier)
            }
            #expect(error?.code == .notFound)
        }
    }

    private func isAncestor(
        _ git: Git, _ earlier: ObjectID, _ later: ObjectID
    ) async throws -> Bool {
        do {
            _ = try await git("merge-base", "--is-ancestor", earlier.hex, later.hex)
            return true
        } catch {
            return false
        }
    }
}
