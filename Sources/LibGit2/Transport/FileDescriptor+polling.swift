#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif
#if canImport(System)
    internal import System
#else
    internal import SystemPackage
#endif

enum Readiness: Sendable {
    case readable, writable
}

extension FileDescriptor {
    /// Reads what is there: nil when there is nothing yet, 0 at the end or after an error.
    func take(into room: UnsafeMutableRawBufferPointer) -> Int? {
        do {
            return try unsafe read(into: room)
        } catch Errno.wouldBlock {
            return nil
        } catch {
            return 0
        }
    }

    /// Writes what fits: nil when nothing does yet, 0 after an error.
    func give(_ bytes: UnsafeRawBufferPointer) -> Int? {
        do {
            return try unsafe write(bytes)
        } catch Errno.wouldBlock {
            return nil
        } catch {
            return 0
        }
    }

    /// Waits until this is ready, or `other` has something to read or the time is over.
    func wait(for readiness: Readiness, or other: FileDescriptor?, atMost milliseconds: Int32) {
        let events = Int16(readiness == .readable ? POLLIN : POLLOUT)
        // poll(2) passes over negative descriptors.
        var polled = [
            pollfd(fd: rawValue, events: events, revents: 0),
            pollfd(fd: other?.rawValue ?? -1, events: Int16(POLLIN), revents: 0),
        ]
        _ = unsafe poll(&polled, nfds_t(polled.count), milliseconds)
    }
}
