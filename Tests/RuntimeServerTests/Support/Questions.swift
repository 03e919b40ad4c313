import BundleModel
import Foundation
import RuntimeProtocol

/// What is asked of a new runtime, one after the other. A name ends in the code that is expected,
/// or says what happens.
enum Questions {
    static let all: [Exchange] = bundles + workers

    private static func sync(
        _ workspace: String, _ bundle: String, _ channel: String = "latest"
    ) throws -> SyncRequest {
        SyncRequest(
            workspace: try WorkspaceID(workspace), bundle: try BundleID(bundle),
            channel: try ChannelID(channel))
    }

    private static let nobody = BundleDigest(
        root: SHA256Value(hashing: Array("nobody has this".utf8)))

    private static func worker(
        _ id: String, _ profile: String? = nil, _ pin: BundlePin? = nil, input: String = "look",
        capabilities: [String]? = nil
    ) throws -> WorkerRequest {
        WorkerRequest(
            workerId: try WorkerID(id), profile: profile, bundle: pin,
            intent: IntentDocument(input: input, labels: ["team": "süd \u{1F600}"]),
            requiredCapabilities: capabilities)
    }

    private static func other(
        _ pin: BundlePin, workspace: String? = nil, digest: BundleDigest? = nil,
        commit: CommitID? = nil
    ) throws -> BundlePin {
        BundlePin(
            workspace: try workspace.map { try WorkspaceID($0) } ?? pin.workspace,
            bundle: pin.bundle, commit: commit ?? pin.commit, digest: digest ?? pin.digest)
    }

    private static let unknownCommit = CommitID(String(repeating: "1", count: 40))

    private static let bundles: [Exchange] = [
        Exchange("describe") { runtime, _ in try await runtime.describe() },
        Exchange("no channels yet") { runtime, _ in
            try await runtime.channels(after: nil, limit: nil)
        },
        Exchange("contents that are not here: not_found") { runtime, facts in
            try await runtime.bundle(facts.agents.pin.digest)
        },
        Exchange("nothing is available") { runtime, facts in
            try await runtime.availability(facts.agents.pin.digest, commit: facts.agents.pin.commit)
        },
        Exchange("a file of another digest: digest_mismatch") { runtime, facts in
            try await runtime.put(nobody, file: facts.file)
        },
        Exchange("and nothing of it was kept") { runtime, _ in
            try await runtime.channels(after: nil, limit: nil)
        },
        Exchange("put") { runtime, facts in
            try await runtime.put(facts.agents.pin.digest, file: facts.file)
        },
        Exchange("put again changes nothing") { runtime, facts in
            try await runtime.put(facts.agents.pin.digest, file: facts.file)
        },
        Exchange("a file of another bundle: digest_mismatch") { runtime, facts in
            try await runtime.put(facts.agents.pin.digest, file: facts.otherFile)
        },
        Exchange("sync of what is here") { runtime, _ in
            try await runtime.sync(try sync("acme", "agents"))
        },
        Exchange("sync of another workspace: host_policy_denied") { runtime, _ in
            try await runtime.sync(try sync("umbrella", "agents"))
        },
        Exchange("sync of another bundle: host_policy_denied") { runtime, _ in
            try await runtime.sync(try sync("acme", "strangers"))
        },
        Exchange("sync of a channel that is not there: not_found") { runtime, _ in
            try await runtime.sync(try sync("acme", "helpers", "nightly"))
        },
        Exchange("sync of a new bundle") { runtime, _ in
            try await runtime.sync(try sync("acme", "helpers"))
        },
        Exchange("one channel, and more behind it") { runtime, _ in
            try await runtime.channels(after: nil, limit: 1)
        },
        Exchange("the next channel") { runtime, _ in
            let first = try await runtime.channels(after: nil, limit: 1)
            return try await runtime.channels(after: first.next, limit: 1)
        },
        Exchange("too many at once: invalid_request") { runtime, _ in
            try await runtime.channels(after: nil, limit: 1001)
        },
        Exchange("a place that is none: invalid_request") { runtime, _ in
            try await runtime.channels(after: "nowhere", limit: nil)
        },
        Exchange("contents") { runtime, facts in try await runtime.bundle(facts.agents.pin.digest)
        },
        Exchange("available") { runtime, facts in
            try await runtime.availability(facts.agents.pin.digest, commit: facts.agents.pin.commit)
        },
        Exchange("available under another digest") { runtime, facts in
            try await runtime.availability(nobody, commit: facts.agents.pin.commit)
        },
        Exchange("preflight") { runtime, facts in
            try await runtime.preflight(PreflightRequest(bundle: facts.agents.pin))
        },
        Exchange("preflight of no profile: invalid_profile_selector") { runtime, facts in
            try await runtime.preflight(
                PreflightRequest(bundle: facts.agents.pin, profile: try ProfileID("nobody")))
        },
        Exchange("preflight of what is not here: bundle_missing") { runtime, facts in
            try await runtime.preflight(
                PreflightRequest(bundle: try other(facts.agents.pin, commit: unknownCommit)))
        },
    ]

    private static let workers: [Exchange] = [
        Exchange("no workers yet") { runtime, _ in try await runtime.workers(after: nil, limit: nil)
        },
        Exchange("a worker") { runtime, facts in
            try await runtime.createWorker(try worker("w-1", nil, facts.agents.pin))
        },
        Exchange("the same worker again") { runtime, facts in
            try await runtime.createWorker(try worker("w-1", nil, facts.agents.pin))
        },
        Exchange("the same id for something else: conflict") { runtime, facts in
            try await runtime.createWorker(
                try worker("w-1", nil, facts.agents.pin, input: "other"))
        },
        Exchange("no bundle: bundle_required") { runtime, _ in
            try await runtime.createWorker(try worker("w-2", "coder"))
        },
        Exchange("a builtin worker") { runtime, _ in
            try await runtime.createWorker(try worker("w-3", "builtin:coder"))
        },
        Exchange("a builtin profile of a bundle: invalid_profile_selector") { runtime, facts in
            try await runtime.createWorker(try worker("w-4", "builtin:coder", facts.agents.pin))
        },
        Exchange("a selector that is none: invalid_profile_selector") { runtime, facts in
            try await runtime.createWorker(try worker("w-4", "-x", facts.agents.pin))
        },
        Exchange("no such profile: invalid_profile_selector") { runtime, facts in
            try await runtime.createWorker(try worker("w-4", "nobody", facts.agents.pin))
        },
        Exchange("another digest: digest_mismatch") { runtime, facts in
            try await runtime.createWorker(
                try worker("w-4", nil, try other(facts.agents.pin, digest: nobody)))
        },
        Exchange("another commit: bundle_missing") { runtime, facts in
            try await runtime.createWorker(
                try worker("w-4", nil, try other(facts.agents.pin, commit: unknownCommit)))
        },
        Exchange("another workspace: host_policy_denied") { runtime, facts in
            try await runtime.createWorker(
                try worker("w-4", nil, try other(facts.agents.pin, workspace: "umbrella")))
        },
        Exchange("every denied capability is listed: host_policy_denied") { runtime, facts in
            try await runtime.createWorker(
                try worker("w-4", nil, facts.agents.pin, capabilities: ["deploy", "browse"]))
        },
        Exchange("a capability that is none: invalid_request") { runtime, facts in
            try await runtime.createWorker(
                try worker("w-4", nil, facts.agents.pin, capabilities: ["../x"]))
        },
        Exchange("an input that is too large: limit_exceeded") { runtime, facts in
            try await runtime.createWorker(
                try worker(
                    "w-4", nil, facts.agents.pin,
                    input: String(repeating: "\u{1}", count: 1 << 20) + "x"))
        },
        Exchange("an input with every kind of character") { runtime, facts in
            try await runtime.createWorker(
                try worker("w-5", nil, facts.agents.pin, input: "a\u{0}\"\\\n\u{2028}é\u{1F600}/"))
        },
        Exchange("one worker") { runtime, _ in try await runtime.worker(try WorkerID("w-1")) },
        Exchange("no such worker: not_found") { runtime, _ in
            try await runtime.worker(try WorkerID("w-9"))
        },
        Exchange("the newest worker, and more behind it") { runtime, _ in
            try await runtime.workers(after: nil, limit: 1)
        },
        Exchange("the workers behind it") { runtime, _ in
            let first = try await runtime.workers(after: nil, limit: 1)
            return try await runtime.workers(after: first.next, limit: nil)
        },
        Exchange("stop") { runtime, _ in
            try await runtime.stopWorker(try WorkerID("w-1"), StopRequest())
        },
        Exchange("stop again") { runtime, _ in
            try await runtime.stopWorker(try WorkerID("w-1"), StopRequest(graceSeconds: 0))
        },
        Exchange("stop with too much time: invalid_request") { runtime, _ in
            try await runtime.stopWorker(try WorkerID("w-1"), StopRequest(graceSeconds: 601))
        },
        Exchange("stop nobody: not_found") { runtime, _ in
            try await runtime.stopWorker(try WorkerID("w-9"), StopRequest())
        },
    ]
}
