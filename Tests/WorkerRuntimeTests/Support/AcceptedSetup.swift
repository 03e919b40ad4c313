import BundleModel
import BundleRepository
import Foundation
import TestSupport
import Testing
import WorkerRuntime

/// A runtime with two accepted releases of a channel, of which the second is in service.
struct AcceptedSetup: Sendable {
    let setup: RuntimeSetup
    let runtime: WorkerRuntime
    let bundle: BundleID
    let first: ConfigBundleRef
    let second: ConfigBundleRef

    var git: GitOracle { setup.git }

    /// Publishes and accepts two releases.
    ///
    /// - Parameter restart: what happens to the store between the end of the runtime that accepted
    ///   them and the start of the one that the test has; nil for the same runtime.
    init(
        _ bundle: SampleBundle = .plain, restart: ((RuntimeSetup) async throws -> Void)? = nil
    ) async throws {
        setup = try await RuntimeSetup()
        self.bundle = try setup.bundle
        try await setup.publish(bundle)
        var runtime: WorkerRuntime? = try setup.runtime()
        first = try await setup.accept(with: runtime)
        try await setup.publish(bundle.saying("The second."))
        second = try await setup.accept(with: runtime)
        if let restart {
            runtime = nil
            try await restart(setup)
        }
        self.runtime = if let runtime { runtime } else { try setup.runtime() }
    }

    /// The release that would rightly follow.
    var next: ForgedRelease {
        ForgedRelease(
            revision: 3, sequence: 3, parents: [second.commit.hex],
            contents: .plain.saying("The third."))
    }

    /// Syncs, expects a failure with this code, and that nothing else changed: the accepted release
    /// stays in service, the failure is on record, nothing that was begun is left.
    @discardableResult
    func expectRefusal(
        _ code: SheafError.Code, sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> SheafError? {
        let error = await failing(code, sourceLocation: sourceLocation) {
            try await runtime.sync(bundle, on: .latest)
        }
        let accepted = try #require(
            try await runtime.acceptedReleases().first, sourceLocation: sourceLocation)
        #expect(accepted.pin == second, sourceLocation: sourceLocation)
        #expect(accepted.failure == code, sourceLocation: sourceLocation)
        #expect(
            try await runtime.pin(bundle, on: .latest) == second, sourceLocation: sourceLocation)
        #expect(
            try await runtime.contents(of: second).file(BundlePath("prompts/system.md"))
                == Array("The second.\n".utf8), sourceLocation: sourceLocation)
        #expect(
            try await setup.mirrorGit().commit("refs/channels/latest") == second.commit.hex,
            sourceLocation: sourceLocation)
        #expect(try await setup.leftovers() == [], sourceLocation: sourceLocation)
        return error
    }

    /// Expects that the next right release is accepted and clears the failure.
    func expectRecovery(sourceLocation: SourceLocation = #_sourceLocation) async throws {
        try await git.check(
            "update-ref", "refs/heads/channels/support-agents/latest", second.commit.hex)
        let commit = try await next.put(in: git)
        let result = try await runtime.sync(bundle, on: .latest)
        #expect(result.pin.commit.hex == commit, sourceLocation: sourceLocation)
        let accepted = try await runtime.acceptedReleases().first
        #expect(accepted?.failure == nil, sourceLocation: sourceLocation)
    }
}

extension RuntimeSetup {
    fileprivate func accept(with runtime: WorkerRuntime?) async throws -> ConfigBundleRef {
        try await #require(runtime).sync(bundle, on: .latest).pin
    }
}
