internal import CLibcurlShims

/// The requests of one transfer, one after the other, driven by the thread that reads: nothing
/// happens between two calls.
@safe  // the pointers never leave
final class HTTPSession {
    private let origin: String
    private let connections: UnsafeMutableRawPointer
    private let request: UnsafeMutableRawPointer
    private let sink: UnsafeMutablePointer<sheaf_http_sink>
    private var headers: UnsafeMutablePointer<curl_slist>?

    private(set) var head = HTTPHead()
    private var buffer: [UInt8] = []
    private var position = 0
    private var isUnderWay = false
    /// How the request ended; nil as long as it goes on.
    private var result: CURLcode?
    private var failure: TransportError?
    /// Bytes of an answer that nobody wants.
    private var unwanted = 0

    /// What is read of an answer that is not what was asked for.
    private static let maximumUnwanted = 64 << 10

    /// What is kept of an answer, whatever its status; nil keeps one that was asked for, and all.
    private let maximumKept: Int?

    init(
        for address: HTTPAddress, _ access: PeerAccess, _ watch: TransferWatch,
        keeping maximumKept: Int? = nil
    ) throws(TransportError) {
        let origin = access.socket.map { "\(address.origin) \($0)" } ?? address.origin
        guard let connections = unsafe HTTPConnections.shared.borrow(for: origin) else {
            throw .lacking("libcurl")
        }
        // To load libcurl, which the first session does, takes time that is not the peer's.
        watch.moved()
        self.origin = origin
        self.maximumKept = maximumKept
        unsafe self.connections = unsafe connections
        let sink = UnsafeMutablePointer<sheaf_http_sink>.allocate(capacity: 1)
        unsafe sink.initialize(to: sheaf_http_sink())
        unsafe self.sink = unsafe sink
        let request = unsafe HTTPSettings(access, watch).withPointer { settings in
            unsafe sheaf_http_request_new(settings, sink)
        }
        guard let request = unsafe request else {
            unsafe sink.deallocate()
            unsafe HTTPConnections.shared.giveBack(connections, for: origin)
            throw .unavailable("libcurl cannot make a request")
        }
        unsafe self.request = unsafe request
        unsafe sink.pointee = unsafe sheaf_http_sink(
            context: Unmanaged.passUnretained(self).toOpaque(),
            head: { unsafe session($0).take(head: received($1, $2)) },
            body: { unsafe session($0).take(body: received($1, $2)) })
    }

    deinit {
        if isUnderWay { unsafe sheaf_http_remove(connections, request) }
        unsafe sheaf_http_free(request)
        unsafe sheaf_http_headers_free(headers)
        unsafe sink.deallocate()
        unsafe HTTPConnections.shared.giveBack(connections, for: origin)
    }

    // MARK: A request

    /// Begins a GET, or a POST where there is a body.
    func begin(_ url: String, headers lines: [String], body: [UInt8]?) throws(TransportError) {
        end(nil)
        head = HTTPHead()
        buffer.removeAll(keepingCapacity: true)
        (position, result, failure, unwanted) = (0, nil, nil, 0)
        for line in lines { unsafe headers = unsafe sheaf_http_header(headers, line) }
        let code =
            if let body {
                unsafe body.withUnsafeBytes {
                    unsafe sheaf_http_request(request, url, headers, 1, $0.baseAddress, $0.count)
                }
            } else {
                unsafe sheaf_http_request(request, url, headers, 0, nil, 0)
            }
        guard code == CURLE_OK, unsafe sheaf_http_add(connections, request) == 0
        else {
            unsafe sheaf_http_headers_free(headers)
            unsafe headers = nil
            throw .unavailable("libcurl cannot make a request")
        }
        isUnderWay = true
    }

    /// Goes on until the head has come.
    func receiveHead(_ watch: TransferWatch) throws(TransportError) {
        while !head.isComplete {
            if result != nil { throw ended() ?? .unavailable("its answer is no answer of HTTP") }
            try advance(watch)
        }
    }

    /// Goes on until so many bytes can be looked at, and gives them, or what there is at the end.
    func peek(_ count: Int, _ watch: TransferWatch) throws(TransportError) -> ArraySlice<UInt8> {
        while buffer.count - position < count, result == nil { try advance(watch) }
        return buffer[position...].prefix(count)
    }

    /// Goes on until the whole answer has come, and gives it.
    func wholeBody(_ watch: TransferWatch) throws(TransportError) -> [UInt8] {
        while result == nil { try peekMore(watch) }
        if let error = ended() { throw error }
        defer { position = buffer.count }
        return Array(buffer[position...])
    }

    private func peekMore(_ watch: TransferWatch) throws(TransportError) {
        let count = buffer.count - position
        _ = try peek(count + 1, watch)
    }

    /// Goes on until there is something to read; 0 at the end.
    func read(
        into room: inout MutableRawSpan, _ watch: TransferWatch
    ) throws(TransportError) -> Int {
        while position == buffer.count {
            if result != nil {
                if let error = ended() { throw error }
                return 0
            }
            try advance(watch)
        }
        let count = min(room.byteCount, buffer.count - position)
        unsafe room.withUnsafeMutableBytes { room in
            unsafe buffer.withUnsafeBytes { bytes in
                let part = unsafe UnsafeRawBufferPointer(
                    rebasing: bytes[position..<position + count])
                unsafe room.copyMemory(from: part)
            }
        }
        position += count
        return count
    }

    /// Lets an answer that is not wanted come to its end, and says where it redirects to.
    func finish(_ watch: TransferWatch) throws(TransportError) -> String? {
        while result == nil { try advance(watch) }
        return unsafe sheaf_http_look(request).redirect.map { unsafe String(cString: $0) }
    }

    /// Ends the request. An answer of which no more than its end is lacking is waited for, for the
    /// connection to be of use again.
    func end(_ watch: TransferWatch?) {
        guard isUnderWay else { return }
        if let watch, failure == nil {
            position = buffer.count
            let end = ContinuousClock.now + watch.shortened(.milliseconds(300))
            while result == nil, position == buffer.count, ContinuousClock.now < end,
                (try? advance(watch)) != nil
            {}
        }
        unsafe sheaf_http_remove(connections, request)
        unsafe sheaf_http_headers_free(headers)
        unsafe headers = nil
        isUnderWay = false
    }

    /// Does what can be done; where that is nothing, waits a little.
    private func advance(_ watch: TransferWatch) throws(TransportError) {
        try watch.check()
        if position == buffer.count {
            buffer.removeAll(keepingCapacity: true)
            position = 0
        }
        let before = (buffer.count, unwanted, head.bytes)
        var code = CURLE_OK
        switch unsafe sheaf_http_perform(connections, request, &code) {
        case 0: break
        case 1: result = code
        default: throw .unavailable("libcurl cannot go on")
        }
        if result != nil { return }
        if before != (buffer.count, unwanted, head.bytes) { return watch.moved() }
        unsafe _ = sheaf_http_wait(connections, watch.waitMilliseconds)
    }

    /// Why the request ended, unless that was its end.
    private func ended() -> TransportError? {
        if let failure { return failure }
        guard let result, result != CURLE_OK else { return nil }
        return HTTPFailure.error(
            result, chainProblem: unsafe sheaf_http_look(request).chain_problem)
    }

    // MARK: What libcurl calls

    private func take(head line: UnsafeRawBufferPointer) -> Int32 {
        do throws(TransportError) {
            try unsafe head.take(Array(line))
            return 0
        } catch {
            failure = error
            return 1
        }
    }

    private func take(body bytes: UnsafeRawBufferPointer) -> Int32 {
        if let maximumKept {
            guard buffer.count - position + bytes.count <= maximumKept else {
                failure = .limitExceeded(bytes: maximumKept)
                return 1
            }
            unsafe buffer.append(contentsOf: bytes)
            return 0
        }
        guard head.status == 200 else {
            unwanted += bytes.count
            return unwanted <= Self.maximumUnwanted ? 0 : 1
        }
        unsafe buffer.append(contentsOf: bytes)
        return 0
    }
}

/// The session behind a callback's pointer, which lives as long as libcurl may call.
private func session(_ pointer: UnsafeMutableRawPointer?) -> HTTPSession {
    unsafe Unmanaged<HTTPSession>.fromOpaque(pointer!).takeUnretainedValue()
}

@unsafe
private func received(
    _ bytes: UnsafePointer<CChar>?, _ count: Int
) -> UnsafeRawBufferPointer {
    unsafe UnsafeRawBufferPointer(start: bytes, count: count)
}
