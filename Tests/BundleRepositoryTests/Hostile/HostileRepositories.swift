import Foundation
import TestSupport
import Testing

/// Makes the hostile repositories once for a suite, and removes them after its last test.
struct HostileRepositories: SuiteTrait, TestScoping {
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// Where they are.
    @TaskLocal static var directory: URL?

    func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
    ) async throws {
        let place = try TemporaryDirectory()
        let script = Fixtures.url("hostile/generate.sh").path(percentEncoded: false)
        let bash = Program("bash", environment: TestEnvironment.base, directory: place.url)
        let output = try await bash.run([script, place.path])
        guard output.succeeded else { throw Failure(description: "\(output)") }
        try await Self.$directory.withValue(place.url, operation: function)
    }

    /// A copy of one of them; what somebody changes in it harms nobody else.
    static func copy(_ trait: String, to place: TemporaryDirectory) async throws -> URL {
        let source = try original(trait).path(percentEncoded: false)
        try await Shell.run("cp -R -p '\(source)' copy.git", in: place.url)
        return place.appending("copy.git")
    }

    /// One of them, to be read only.
    static func original(_ trait: String) throws -> URL {
        guard let directory else { throw Failure(description: "no suite has made them") }
        return directory.appending(path: "\(trait).git", directoryHint: .notDirectory)
    }
}

extension Trait where Self == HostileRepositories {
    /// The suite works on the hostile repositories.
    static var hostileRepositories: Self { Self() }
}
