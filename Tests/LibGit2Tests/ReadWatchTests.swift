import Foundation
import Testing

@testable import LibGit2

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

@Suite("The watch over reads that may loop or crash")
struct ReadWatchTests {
    private static let report = Array("the report\n".utf8)

    @Test("a read that takes too long ends the process with the report")
    func loop() async {
        let result = await #expect(
            processExitsWith: .exitCode(3), observing: [\.standardErrorContent]
        ) {
            _ = ReadWatch.start(
                deadline: .milliseconds(20), report: Array("the report\n".utf8), status: 3)
            ReadWatch.run { while true { usleep(1000) } }
        }
        #expect(result?.standardErrorContent == Self.report)
    }

    @Test(
        "a crash inside a read ends the process with the report",
        arguments: [SIGSEGV, SIGBUS, SIGABRT])
    func crash(_ signal: Int32) async {
        let result = await #expect(
            processExitsWith: .exitCode(3), observing: [\.standardErrorContent]
        ) { [signal] in
            _ = ReadWatch.start(
                deadline: .seconds(60), report: Array("the report\n".utf8), status: 3)
            ReadWatch.run { _ = raise(signal) }
        }
        #expect(result?.standardErrorContent == Self.report)
    }

    @Test("a crash outside of a read shows as it is")
    func otherCrash() async {
        await #expect(processExitsWith: .signal(SIGBUS)) {
            _ = ReadWatch.start(deadline: .seconds(60), report: [0x78], status: 3)
            ReadWatch.run {}
            raise(SIGBUS)
        }
    }

    @Test("what waits for a peer, and reads that follow each other, are not ended")
    func patience() async {
        await #expect(processExitsWith: .exitCode(0)) {
            _ = ReadWatch.start(deadline: .milliseconds(50), report: [0x78], status: 3)
            ReadWatch.run(isTimed: false) { _ = usleep(150_000) }
            for _ in 0..<100 { ReadWatch.run { _ = usleep(2000) } }
            exit(0)
        }
    }
}
