import BundleModel
import BundleRepository
import Foundation
import TestSupport
import Testing
import WorkerRuntime

/// The examples of the documentation are compiled and run, and are what the documentation shows.
@Suite("The examples of the documentation")
struct ExampleTests {
    @Test("a worker is created from the pinned commit of a bundle, as WorkerRuntime shows")
    func workerRuntime() async throws {
        let setup = try await RuntimeSetup()
        let published = try await setup.publish()
        let worker = try await workerRuntimeExample(store: setup.store, policy: setup.policy)
        #expect(worker.id.rawValue == "ticket-12")
        #expect(worker.pin == published.release?.pin)
    }

    @Test("a bundle is published, released and verified, as BundleRepository shows")
    func bundleRepository() async throws {
        let setup = try await RuntimeSetup()
        let place = setup.directory.appending("source/bundle")
        try SampleBundle.plain.write(to: place)
        let verified = try await bundleRepositoryExample(
            at: setup.repositoryPath, directory: place.path(percentEncoded: false))
        #expect(verified.files == SampleBundle.plain.files.count)
        #expect(try verified.digest == SampleBundle.plain.digest)
    }

    @Test(
        "the documentation shows the lines that are run here",
        arguments: [
            ("Sources/WorkerRuntime/WorkerRuntime.swift", "WorkerRuntimeExample.swift"),
            ("Sources/BundleRepository/BundleRepository.swift", "BundleRepositoryExample.swift"),
        ])
    func same(_ source: String, _ example: String) throws {
        let shown = try lines(source).drop { !$0.hasPrefix("/// ```swift") }.dropFirst()
            .prefix { $0 != "/// ```" }
            .map { String($0.dropFirst(4)) }
        let run = try lines("Tests/WorkerRuntimeTests/Examples/\(example)")
            .drop { $0 != "    // begin" }.dropFirst()
            .prefix { $0 != "    // end" }
            .map { String($0.dropFirst(4)) }
        #expect(shown == run)
        #expect(run.count == 10)
    }

    private func lines(_ path: String) throws -> [String] {
        try String(contentsOf: Fixtures.packageRoot.appending(path: path), encoding: .utf8)
            .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }
}
