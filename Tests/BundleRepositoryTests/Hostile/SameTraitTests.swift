import BundleModel
import Foundation
import LibGit2
import TestSupport
import Testing

@testable import BundleRepository

@Suite("One trait in a directory and in a tree")
struct SameTraitTests {
    /// What is put below 'assets', as a script makes it in a directory; and whether a tree of it is
    /// what `git add` would have written.
    struct Trait: Sendable, CustomTestStringConvertible {
        let name: String
        let script: String
        let rule: String
        var code = SheafError.Code.malformedBundle
        var testDescription: String { name }
    }

    static let traits = [
        Trait(
            name: "a control name", script: "mkdir .GIT; : > .GIT/config", rule: "path-control-name"
        ),
        Trait(name: "a short name", script: ": > git~1", rule: "path-control-name"),
        Trait(name: "a stream", script: ": > .git:x", rule: "path-control-name"),
        Trait(
            name: "an ignorable mark", script: ": > $'.g\\xe2\\x80\\x8cit'",
            rule: "path-control-name"),
        Trait(name: "a backslash", script: ": > 'a\\b'", rule: "path-reserved-character"),
        Trait(name: "a colon", script: ": > c:x", rule: "path-reserved-character"),
        Trait(name: "a device", script: ": > con.md", rule: "path-device-name"),
        Trait(name: "a trailing dot", script: ": > x.", rule: "path-trailing-dot"),
        Trait(name: "a trailing space", script: ": > 'x '", rule: "path-outer-space"),
        Trait(name: "a line break", script: ": > $'x\\ny'", rule: "path-control-character"),
        Trait(
            name: "a bidirectional mark", script: ": > $'x\\xe2\\x80\\xaey'",
            rule: "path-control-character"
        ),
        Trait(name: "no UTF-8", script: ": > $'\\xff'", rule: "path-not-utf8"),
        Trait(
            name: "two cases of a name", script: ": > Readme; : > README", rule: "path-collision"),
        Trait(
            name: "two cases of a directory", script: "mkdir a A; : > a/x; : > A/x",
            rule: "path-collision"),
        Trait(
            name: "one name by folding", script: ": > $'stra\\xc3\\x9fe'; : > STRASSE",
            rule: "path-collision"),
        Trait(
            name: "a file that is a directory", script: "mkdir A; : > A/x; : > a",
            rule: "path-collision"),
        Trait(name: "a symbolic link", script: "ln -s logo.bin x", rule: "symbolic-link"),
        Trait(
            name: "another repository",
            script: "git init -q x; git -C x commit -q --allow-empty -m x", rule: "submodule"),
        Trait(
            name: "too many levels",
            script: "d=$(printf 'd/%.0s' $(seq 16)); mkdir -p $d; : > $d/x",
            rule: "path-too-deep", code: .limitExceeded),
        Trait(
            name: "too long a path",
            script: "n=$(printf '%0180d' 0); mkdir -p $n/$n/$n; : > $n/$n/$n/x",
            rule: "path-too-long", code: .limitExceeded),
        Trait(
            name: "too large a file", script: "truncate -s 8388609 x", rule: "file-too-large",
            code: .limitExceeded),
        Trait(
            name: "too many files", script: "seq -f 'f%.0f' 20001 | xargs touch",
            rule: "too-many-files", code: .limitExceeded),
        Trait(
            name: "too many bytes",
            script: "for i in $(seq 33); do truncate -s 8388608 f$i; done",
            rule: "bundle-too-large",
            code: .limitExceeded),
    ]

    @Test("the rule, the code and the place are the same at both doors", arguments: traits)
    func same(_ trait: Trait) async throws {
        let place = try TemporaryDirectory()
        let agents = place.appending("agents")
        try SampleBundle().write(to: agents)
        let git = TestEnvironment.git.map { "export \($0.key)='\($0.value)'" }
            .joined(separator: "\n")
        try await Shell.run(
            git + "\ncd assets; " + trait.script, in: agents)

        let directory = try await BundleDirectory.read(agents.path(percentEncoded: false))
        let tree = try await Shell.run(Self.treeOfDirectory, in: agents)
        let inTree = try await check(tree: tree, place)

        #expect(Set(directory.findings.map(\.rule)) == [trait.rule])
        #expect(Set(directory.findings.map(\.code)) == [trait.code])
        #expect(inTree.map(Self.facts) == directory.findings.map(Self.facts))
    }

    /// Writes the tree of a directory as it is: `git add` refuses some of these names.
    private static let treeOfDirectory = """
        export LC_ALL=C GIT_DIR="$PWD/../objects.git"
        git init -q --bare "$GIT_DIR"
        empty=$(git hash-object -w --stdin </dev/null)
        tree() (
            cd -- "$1"
            for name in * .[!.]*; do
                if [ -L "$name" ]; then
                    id=$(readlink -n -- "$name" | git hash-object -w --stdin)
                    printf '120000 blob %s\\t%s\\0' "$id" "$name"
                elif [ -d "$name/.git" ]; then
                    id=$(git --git-dir="$name/.git" rev-parse HEAD)
                    printf '160000 commit %s\\t%s\\0' "$id" "$name"
                elif [ -d "$name" ]; then
                    printf '040000 tree %s\\t%s\\0' "$(tree "$name")" "$name"
                elif [ -s "$name" ]; then
                    id=$(git hash-object -w --stdin <"$name")
                    printf '100644 blob %s\\t%s\\0' "$id" "$name"
                elif [ -e "$name" ]; then
                    printf '100644 blob %s\\t%s\\0' "$empty" "$name"
                fi
            done | git mktree -z --missing
        )
        tree .
        """

    private static func facts(_ finding: Finding) -> String {
        "\(finding.code.rawValue) \(finding.rule) \(finding.path ?? "") \(finding.message)"
    }

    private func check(tree: String, _ place: TemporaryDirectory) async throws -> [Finding] {
        let repository = try Repository.open(at: place.path + "/objects.git")
        let id = try #require(ObjectID(hex: tree))
        let listing = try TreeListing(repository, tree: id, limits: .standard)
        return try BundleContentsCheck.run(listing.raw, limits: .standard) {
            (path, index) throws(SheafError) in
            let blob = listing.blob(ofEntry: index)
            let bytes = try mapping("a file") { () throws(GitError) in
                try blob.map { id throws(GitError) in try repository.object(id).bytes } ?? []
            }
            return ParsedDocument(path: path, bytes: bytes)
        }.findings
    }
}
