import Foundation
import TestSupport
import Testing

@testable import LibGit2

@Suite("The limit of open files")
struct OpenFileLimitTests {
    @Test("the soft limit becomes the hard one, which the shell agrees with")
    func raised() async throws {
        let limit = OpenFileLimit.raise()
        let shell = Program("sh", environment: TestEnvironment.base, directory: URL(filePath: "/"))
        let lines = try await shell.run(["-c", "ulimit -Sn; ulimit -Hn"]).lines
        #expect(lines.first == String(limit))
        #if os(Linux)
            #expect(lines == [String(limit), String(limit)])
        #endif
    }
}
