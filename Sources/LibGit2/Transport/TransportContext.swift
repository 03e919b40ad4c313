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
    private let maximumListBytes: Int
    private var connection: (any SmartConnection)?
    private var meter: TransferMeter?

    /// How many objects have come; set while libgit2 receives a pack.
    var countObjects: () -> Int = { 0 }

    private(set) var failure: TransportError?
    private(set) var receivedBytes = 0
    private(set) var sentBytes = 0
    /// Whether libgit2 wanted more than there was.
    private(set) var endedEarly = false
    /// Whether the list of references has come.
    private var hasList = false

    init(
        transport: any SmartTransport, watch: TransferWatch, maximumBytes: Int,
        maximumListBytes: Int, observer: TransferObserver? = nil
    ) {
        self.transport = transport
        self.watch = watch
        self.maximumBytes = maximumBytes
        self.maximumListBytes = min(maximumBytes, maximumListBytes)
        meter = observer.map { TransferMeter($0) }
    }

    /// The list of references is whole: from here on objects come.
    func listed() { hasList = true }

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
        carry { () throws(TransportError) in
            watch.moved()
            sentBytes += bytes.byteCount
            try connection?.write(bytes)
        }
    }

    func progress() -> Int32 {
        meter?.note(bytes: receivedBytes, objects: countObjects)
        return carry { () throws(TransportError) in try watch.check() }
    }

    /// All has come.
    func ended(objects: Int) { meter?.end(bytes: receivedBytes, objects: objects) }

    func close() {
        connection?.close()
        connection = nil
    }

    private func receive(into room: inout MutableRawSpan) throws(TransportError) -> Int {
        guard let connection else { return 0 }
        // What was done here since the last read is no silence of the peer's.
        watch.moved()
        let count = try connection.read(into: &room)
        if count == 0 { endedEarly = true }
        receivedBytes += count
        meter?.note(bytes: receivedBytes, objects: countObjects)
        let limit = hasList ? maximumBytes : maximumListBytes
        if receivedBytes > limit { throw .limitExceeded(bytes: limit) }
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
