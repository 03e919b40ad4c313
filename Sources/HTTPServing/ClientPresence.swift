public import NIOCore
internal import Synchronization

/// Whether the client of a connection is still there, and who wants to know when it is not.
public final class ClientPresence: Sendable {
    private struct State {
        var isGone = false
        var waiting: [Int: @Sendable () -> Void] = [:]
        var last = 0
    }

    private let state = Mutex(State())

    /// A client that is there.
    public init() {}

    /// That of the client of a connection with a ``ConnectionGuard``; nil for an open connection
    /// without one.
    ///
    /// NIO takes the handlers of a connection away when that is closed: who had one of them is no
    /// longer known, but not there in any case.
    public static func of(_ channel: any Channel) async -> ClientPresence? {
        let found = channel.eventLoop.submit { () -> ClientPresence? in
            let handlers = channel.pipeline.syncOperations
            if let known = try? handlers.handler(type: ConnectionGuard.self).presence {
                return known
            }
            return channel.isActive ? nil : .gone
        }
        do { return try await found.get() } catch { return .gone }
    }

    /// Of a client that is not there any more.
    private static var gone: ClientPresence {
        let presence = ClientPresence()
        presence.leave()
        return presence
    }

    /// Does work that nobody but the client of a connection wants: it is cancelled when that goes.
    public static func during<Value: Sendable>(
        _ channel: any Channel, _ work: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        guard let presence = await of(channel) else { return try await work() }
        let task = Task { try await work() }
        return try await withTaskCancellationHandler {
            try await presence.watched(whenGone: { task.cancel() }) { try await task.value }
        } onCancel: {
            task.cancel()
        }
    }

    /// The client has gone.
    func leave() {
        let waiting = state.withLock { state in
            state.isGone = true
            defer { state.waiting = [:] }
            return state.waiting.values
        }
        for action in waiting { action() }
    }

    /// Does work, and something else meanwhile when the client goes; at once when it has gone.
    public func watched<Value>(
        whenGone action: @escaping @Sendable () -> Void,
        isolation: isolated (any Actor)? = #isolation, _ work: () async throws -> Value
    ) async rethrows -> Value {
        let number = state.withLock { state -> Int? in
            if state.isGone { return nil }
            state.last += 1
            state.waiting[state.last] = action
            return state.last
        }
        defer { if let number { state.withLock { $0.waiting[number] = nil } } }
        if number == nil { action() }
        return try await work()
    }
}
