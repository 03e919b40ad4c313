import Foundation
import LibGit2
import Testing

@Suite struct BlockingExecutorTests {
    @Test("an actor's work runs outside the cooperative pool, one piece at a time")
    func serial() async throws {
        let counter = Counter()
        await withTaskGroup { group in
            for _ in 0..<100 { group.addTask { await counter.add() } }
        }
        #expect(await counter.value == 100)
    }

    private actor Counter {
        private let executor = BlockingExecutor(label: "counter")
        private(set) var value = 0

        nonisolated var unownedExecutor: UnownedSerialExecutor {
            executor.asUnownedSerialExecutor()
        }

        func add() {
            preconditionIsolated()
            value += 1
        }
    }
}
