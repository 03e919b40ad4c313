internal import Synchronization

/// How many bytes may be held at once, in files or in memory, whoever they are for.
public final class ByteBudget: Sendable {
    private let state = Mutex((used: 0, shares: 0))
    private let maximum: Int

    /// - Parameter maximum: of all bytes.
    public init(maximum: Int) {
        self.maximum = maximum
    }

    /// Takes a part of it; throws ``Problem`` with 503 when there is no more.
    public func take(_ bytes: Int) throws {
        let isThere = state.withLock { state in
            guard state.used + bytes <= maximum else { return false }
            state.used += bytes
            return true
        }
        guard isThere else { throw Admission.busy }
    }

    /// Gives a part back.
    public func giveBack(_ bytes: Int) { state.withLock { $0.used -= bytes } }

    /// How much is taken.
    public var taken: Int { state.withLock { $0.used } }

    /// How many pieces of work have a share.
    public var shares: Int { state.withLock { $0.shares } }

    /// Does work whose parts are given back when it is done, however it ends.
    public func share<Value>(
        isolation: isolated (any Actor)? = #isolation, _ work: (Share) async throws -> Value
    ) async rethrows -> Value {
        let share = Share(self)
        state.withLock { $0.shares += 1 }
        defer {
            share.end()
            state.withLock { $0.shares -= 1 }
        }
        return try await work(share)
    }

    /// What one piece of work has taken of a budget.
    public final class Share: Sendable {
        private let budget: ByteBudget
        private let taken = Mutex(0)

        fileprivate init(_ budget: ByteBudget) {
            self.budget = budget
        }

        /// Takes more; throws ``Problem`` with 503 when there is no more.
        public func take(_ bytes: Int) throws {
            try budget.take(bytes)
            taken.withLock { $0 += bytes }
        }

        fileprivate func end() { budget.giveBack(taken.withLock { $0 }) }
    }
}
