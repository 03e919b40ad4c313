import BundleModel
import Foundation
import TestSupport
import Testing

/// Something that is wrong with a repository when a runtime asks it, and the code it must give.
struct SyncFault: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let code: SheafError.Code
    let cause: @Sendable (AcceptedSetup) async throws -> Void

    init(
        _ description: String, _ code: SheafError.Code,
        _ cause: @escaping @Sendable (AcceptedSetup) async throws -> Void
    ) {
        testDescription = description
        self.code = code
        self.cause = cause
    }

    /// A release that would rightly follow, but for one thing.
    static func release(
        _ description: String, _ code: SheafError.Code,
        _ change: @escaping @Sendable (inout ForgedRelease) -> Void
    ) -> SyncFault {
        SyncFault(description, code) { accepted in
            var release = accepted.next
            change(&release)
            try await release.put(in: accepted.git)
        }
    }

    /// A release whose tree has one more entry: `<mode> <type> <object>`, with a name.
    static func entry(
        _ description: String, _ mode: String, _ name: String,
        code: SheafError.Code = .malformedBundle, content: String = "x\n"
    ) -> SyncFault {
        SyncFault(description, code) { accepted in
            let git = accepted.git
            var release = accepted.next
            let root = try await release.contents.tree(in: git)
            let blob = try await git.check(
                "hash-object", "-w", "--stdin", input: Array(content.utf8)
            ).trimmed
            let object = mode == "40000" ? try await git.text("mktree") : blob
            release.tree = try await RawGitTree(reading: root, in: git)
                .adding(mode, Array(name.utf8), object).write(in: git)
            try await release.put(in: git)
        }
    }

    /// A release with one more or another file.
    static func file(
        _ description: String, _ code: SheafError.Code, _ path: String, _ text: String
    ) -> SyncFault {
        release(description, code) { $0.contents = $0.contents.with([path: text]) }
    }
}
