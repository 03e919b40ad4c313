import BundleModel
import BundleRepository
import Foundation
import TestSupport
import Testing
import WorkerRuntime

@Suite("The contents of a pin")
struct PinnedBundleTests {
    /// A bundle with files that text tools would change.
    private static let odd: SampleBundle = {
        var bundle = SampleBundle.asking.with(["README.md": "no line end", "assets/é.txt": "é\r\n"])
        bundle.files["README.md"]?.removeLast()
        bundle.files["assets/empty"] = []
        bundle.files["assets/binary.bin"] = (0..<70_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
        bundle.files["assets/deep/er/and/deeper/file"] = [0, 255, 13, 10]
        return bundle
    }()

    @Test("every file is what git shows of the pinned commit, remembered or not")
    func files() async throws {
        let accepted = try await AcceptedSetup(Self.odd)
        for pin in [accepted.first, accepted.second] {
            let contents = try await accepted.runtime.contents(of: pin)
            let paths = try await accepted.git.check(
                "ls-tree", "-r", "-z", "--name-only", pin.commit.hex
            ).text.split(separator: "\0").map(String.init)
            #expect(paths.count == Self.odd.files.count)
            for path in paths {
                let shown = try await accepted.git.check("show", "\(pin.commit):\(path)")
                    .standardOutput
                let name = try BundlePath(path)
                for remembering in [false, true, true] {
                    #expect(try contents.file(name, remembering: remembering) == shown, "\(path)")
                }
            }
        }
    }

    @Test(
        "what is not a file of the commit is not_found",
        arguments: [
            "prompts", "prompts/none.md", "prompts/system.md/x", "bundle", "profiles/x.yaml",
        ])
    func missing(_ path: String) async throws {
        let accepted = try await AcceptedSetup()
        let contents = try await accepted.runtime.contents(of: accepted.second)
        await failing(.notFound) { try contents.file(BundlePath(path)) }
    }

    @Test("contents stay readable when the channel has moved on and the runtime is closed")
    func afterwards() async throws {
        let setup = try await RuntimeSetup()
        try await setup.publish()
        let bundle = try setup.bundle
        func open() async throws -> PinnedBundle {
            let runtime = try setup.runtime()
            let pin = try await runtime.sync(bundle, on: .latest).pin
            let contents = try await runtime.contents(of: pin)
            try await setup.publish(.plain.saying("Later."))
            try await runtime.sync(bundle, on: .latest)
            return contents
        }
        let contents = try await open()
        #expect(
            try contents.file(BundlePath("prompts/system.md")) == Array("You fix tickets.\n".utf8))
    }

    @Test("what is remembered of parsed documents changes no result")
    func memory() async throws {
        let setup = try await RuntimeSetup()
        let bundle = try setup.bundle
        let runtime = try setup.runtime()
        var pins: [ConfigBundleRef] = []
        // Files come, change, move and go; each release shares most of them with the one before.
        let states: [SampleBundle] = [
            .plain, .plain.saying("Other."), .asking, .asking.saying("Other."), .plain,
            .plain.with(["profiles/coder.yaml": "schema: sheaf/profile/v1\nlabel: Other"]),
            .plain.with(["profiles/other.yaml": "schema: sheaf/profile/v1\nextends: coder"]),
        ]
        for state in states {
            try await setup.publish(state)
            pins.append(try await runtime.sync(bundle, on: .latest).pin)
        }
        #expect(Set(pins).count == states.count)
        let reader = try setup.runtime(.reader)
        for (pin, state) in zip(pins, states) {
            let warm = try await runtime.contents(of: pin)
            let cold = try await reader.contents(of: pin)
            #expect(warm.documents == cold.documents)
            #expect(warm.release == cold.release)
            let checked = BundleCheck.run(
                entries: state.files.map { (name: Array($0.key.utf8), size: $0.value.count) },
                read: { state.files[$0.text] ?? [] })
            #expect(try checked.get(subject: "it") == warm.documents)
            #expect(try pin.digest == state.digest)
            #expect(try await runtime.verify(pin) == warm.release)
            // Once more, now that both remember.
            let again = try await runtime.contents(of: pin)
            #expect(again.documents == warm.documents && again.release == warm.release)
        }
    }

    @Test("a profile that is remembered is the one that would be resolved anew")
    func resolved() async throws {
        let accepted = try await AcceptedSetup()
        func create(_ id: String, _ pin: ConfigBundleRef) async throws -> SHA256Value {
            try await accepted.runtime.createWorker(
                CreateWorkerRequest(
                    id: WorkerID(id), selector: .named(ProfileID("coder")), pin: pin, input: "")
            ).worker.profileDigest
        }
        let first = try await create("a", accepted.second)
        let again = try await create("b", accepted.second)
        #expect(first == again)
        let changed = try await accepted.setup.publish(
            .plain.with([
                "profiles/coder.yaml": """
                schema: sheaf/profile/v1
                prompts: { system: prompts/system.md }
                tools: { shell: allow }
                """
            ]))
        try await accepted.runtime.sync(accepted.bundle, on: .latest)
        let pin = try #require(changed.release?.pin)
        #expect(try await create("c", pin) != first)
    }

    @Test("files are read from many tasks at once")
    func concurrent() async throws {
        let accepted = try await AcceptedSetup(Self.odd)
        let contents = try await accepted.runtime.contents(of: accepted.second)
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for number in 0..<200 {
                group.addTask {
                    let name = number.isMultiple(of: 2) ? "assets/binary.bin" : "README.md"
                    return try contents.file(
                        BundlePath(name), remembering: number.isMultiple(of: 3))
                        == Self.odd.files[name]
                }
            }
            for try await isRight in group { #expect(isRight) }
        }
    }

    @Test("verification starts from raw objects, whatever is remembered")
    func verification() async throws {
        let accepted = try await AcceptedSetup()
        let release = try await accepted.runtime.verify(accepted.second)
        #expect(release.pin == accepted.second)
        let mirror = accepted.setup.mirror()
        let packs = mirror.appending(path: "objects/pack")
        for file in try FileManager.default.contentsOfDirectory(
            at: packs, includingPropertiesForKeys: nil)
        {
            try FileManager.default.removeItem(at: file)
        }
        let reader = try accepted.setup.runtime(.reader)
        await failing(.bundleMissing) { try await reader.verify(accepted.second) }
    }
}
