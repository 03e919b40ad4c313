internal import CLibcurlShims
internal import Synchronization

/// Connections to web servers that are kept for the next transfer.
///
/// A set of connections is used by one transfer at a time, on whatever thread that runs, and is free
/// again when it has ended: there are as many sets as there were transfers at once, and a few stay.
final class HTTPConnections: Sendable {
    static let shared = HTTPConnections()

    /// A set that nobody uses. Its handle is kept as a number, since a pointer may not be handed from
    /// thread to thread; this one may, as long as one thread at a time uses it (libcurl-thread(3)).
    private struct Idle {
        let origin: String
        let handle: UInt
    }

    private static let maximumIdle = 8
    private let idle = Mutex<[Idle]>([])

    /// Whether libcurl was loaded; a library that is missing may be installed meanwhile.
    private static let isStarted = Mutex(false)

    private static func start() -> Bool {
        isStarted.withLock { isStarted in
            if !isStarted { isStarted = sheaf_http_start() == 0 }
            return isStarted
        }
    }

    /// A set of connections, with one to this origin if there is any; nil without memory, or without
    /// libcurl.
    func borrow(for origin: String) -> UnsafeMutableRawPointer? {
        guard Self.start() else { return nil }
        let known = idle.withLock { idle -> UInt? in
            let index = idle.lastIndex { $0.origin == origin }
            return index.map { idle.remove(at: $0).handle }
        }
        if let known { return unsafe UnsafeMutableRawPointer(bitPattern: known) }
        return unsafe sheaf_http_connections_new(2)
    }

    /// Takes back a set that no request uses any more.
    func giveBack(_ handle: UnsafeMutableRawPointer, for origin: String) {
        let number = UInt(bitPattern: handle)
        let surplus = idle.withLock { idle -> UInt? in
            idle.append(Idle(origin: origin, handle: number))
            return idle.count > Self.maximumIdle ? idle.removeFirst().handle : nil
        }
        guard let surplus else { return }
        unsafe sheaf_http_connections_free(UnsafeMutableRawPointer(bitPattern: surplus))
    }
}
