internal import Foundation
internal import Synchronization

/// A proxy between a client and a server of this machine that does something to what the server
/// sends, at one byte.
package final class MeddlingProxy: Sendable {
    /// What it does when so many bytes have come from the server since the last ``arm(_:)``.
    package enum Fault: Hashable, Sendable {
        /// Ends the connection.
        case cut(at: Int)
        /// Sends nothing more, and keeps the connection.
        case stall(at: Int)
        /// Changes this byte.
        case corrupt(at: Int)
        /// Sends bytes without end in place of the rest.
        case flood(at: Int)
    }

    private struct State {
        var fault: Fault?
        var bytes: [UInt8] = []
        var connections: [LoopbackSocket] = []
    }

    private let server = Mutex<ScriptedServer?>(nil)
    private let state = Mutex(State())
    private let target: Int
    /// Where it listens.
    package let port: Int

    /// Starts a proxy for what listens on a port.
    package init(to target: Int) throws {
        self.target = target
        let box = Box()
        let server = try ScriptedServer { client in box.proxy?.serve(client) }
        port = server.port
        self.server.withLock { $0 = server }
        box.set(self)
    }

    deinit {
        end()
        server.withLock { $0?.stop() }
    }

    /// Ends all connections, counts from 0 again, and meddles once more; not at all with nil.
    package func arm(_ fault: Fault?) {
        end()
        state.withLock {
            $0.fault = fault
            $0.bytes = []
        }
    }

    /// What has come from the server since the last ``arm(_:)``.
    package var passed: [UInt8] { state.withLock(\.bytes) }

    private func end() {
        let open = state.withLock { state in
            defer { state.connections = [] }
            return state.connections
        }
        for connection in open { connection.shutdown() }
    }

    private func serve(_ client: LoopbackSocket) {
        guard let server = try? LoopbackSocket(), server.connect(to: target) else { return }
        state.withLock { $0.connections += [client, server] }
        Thread.detachNewThread {
            while true {
                let bytes = client.read()
                if bytes.isEmpty || !server.write(bytes) { break }
            }
            server.shutdown()
        }
        while true {
            let bytes = server.read()
            if bytes.isEmpty || !pass(bytes, to: client) { break }
        }
        server.shutdown()
    }

    /// Hands bytes on; says whether there is more to hand on.
    private func pass(_ bytes: [UInt8], to client: LoopbackSocket) -> Bool {
        let (fault, start) = state.withLock { state in
            defer { state.bytes += bytes }
            return (state.fault, state.bytes.count)
        }
        func index(_ position: Int) -> Int? {
            (0..<bytes.count).contains(position - start) ? position - start : nil
        }
        switch fault {
        case .cut(let position):
            guard let index = index(position) else { break }
            client.write(bytes[..<index])
            return false
        case .stall(let position):
            guard let index = index(position) else { break }
            client.write(bytes[..<index])
            // Until somebody ends the connection.
            while !client.read().isEmpty {}
            return false
        case .corrupt(let position):
            guard let index = index(position) else { break }
            var changed = bytes
            changed[index] ^= 0x15
            return client.write(changed)
        case .flood(let position):
            guard let index = index(position) else { break }
            client.write(bytes[..<index])
            let flood = [UInt8](repeating: UInt8(ascii: "7"), count: 64 << 10)
            while client.write(flood) {}
            return false
        case nil: break
        }
        return client.write(bytes)
    }

    /// What the server's closure reaches the proxy by, which must not keep it.
    private final class Box: Sendable {
        private struct Weak: Sendable { weak var proxy: MeddlingProxy? }
        private let value = Mutex(Weak())
        var proxy: MeddlingProxy? { value.withLock(\.proxy) }
        func set(_ proxy: MeddlingProxy) { value.withLock { $0.proxy = proxy } }
    }
}
