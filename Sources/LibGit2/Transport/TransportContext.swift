internal import CLibgit2Shims
internal import Clibgit2

/// What the C callbacks of one transfer reach through their context pointer.
///
/// A Swift error cannot pass through libgit2: it is kept here, libgit2 sees a negative code, and
/// whoever called libgit2 rethrows it.
final class TransportContext {
    let transport: any SmartTransport
    private let watch: TransferWatch
    private let maximumBytes: Int
    private var connection: (any SmartConnection)?

    private(set) var failure: TransportError?
    private(set) var receivedBytes = 0

    init(transport: any SmartTransport, watch: TransferWatch, maximumBytes: Int) {
        self.transport = transport
        self.watch = watch
        self.maximumBytes = maximumBytes
    }

    func open(_ service: Int32) -> Int32 {
        carry { () throws(TransportError) in
            let isList =
                git_smart_service_t(UInt32(bitPattern: service)) == GIT_SERVICE_UPLOADPACK_LS
            connection = try transport.connect(isList ? .uploadPackList : .uploadPack, watch)
        }
    }

    func read(into room: inout MutableRawSpan, _ count: inout Int) -> Int32 {
        do throws(TransportError) {
            count = try receive(into: &room)
            return GIT_OK.rawValue
        } catch {
            return refuse(error)
        }
    }

    func write(_ bytes: RawSpan) -> Int32 {
        carry { () throws(TransportError) in try connection?.write(bytes) }
    }

    func progress() -> Int32 {
        carry { () throws(TransportError) in try watch.check() }
    }

    func close() {
        connection?.close()
        connection = nil
    }

    private func receive(into room: inout MutableRawSpan) throws(TransportError) -> Int {
        guard let connection else { return 0 }
        let count = try connection.read(into: &room)
        receivedBytes += count
        if receivedBytes > maximumBytes { throw .limitExceeded(bytes: maximumBytes) }
        return count
    }

    private func carry(_ body: () throws(TransportError) -> Void) -> Int32 {
        do throws(TransportError) {
            try body()
            return GIT_OK.rawValue
        } catch {
            return refuse(error)
        }
    }

    private func refuse(_ error: TransportError) -> Int32 {
        // The first error is the reason; what fails after it is a consequence.
        failure = failure ?? error
        return GIT_EUSER.rawValue
    }
}
