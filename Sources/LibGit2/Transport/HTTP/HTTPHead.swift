/// The head of an answer as its lines come: what is needed of it, and whether it is sound.
struct HTTPHead {
    /// Of all heads of one request together, provisional answers and trailers included.
    private static let maximumBytes = 64 << 10
    private(set) var bytes = 0

    private(set) var status = 0
    private(set) var isComplete = false
    private(set) var contentType = ""
    private(set) var contentEncoding = ""
    private(set) var contentLength: String?
    private(set) var retryAfter: Int?

    /// Takes one line, its end included.
    mutating func take(_ line: [UInt8]) throws(TransportError) {
        bytes += line.count
        guard bytes <= Self.maximumBytes else {
            throw .unavailable("its answer has no end of headers")
        }
        var text = String(decoding: line, as: UTF8.self)[...]
        while text.last?.isNewline == true { text.removeLast() }
        if text.isEmpty {
            isComplete = isComplete || status >= 200
        } else if !isComplete, text.hasPrefix("HTTP/") {
            begin(text)
        } else if !isComplete {
            try field(text)
        }
    }

    /// A status line: `HTTP/1.1 200 OK`.
    private mutating func begin(_ line: Substring) {
        let read = bytes
        self = HTTPHead()
        bytes = read
        status = line.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
    }

    private mutating func field(_ line: Substring) throws(TransportError) {
        guard let colon = line.firstIndex(of: ":") else { return }
        var value = line[line.index(after: colon)...]
        while let first = value.first, first == " " || first == "\t" { value.removeFirst() }
        while let last = value.last, last == " " || last == "\t" { value.removeLast() }
        switch line[..<colon].lowercased() {
        case "content-type":
            contentType = value.prefix { $0 != ";" && $0 != " " }.lowercased()
        case "content-encoding": contentEncoding = value.lowercased()
        case "content-length":
            // RFC 9112, section 6.3: an answer with several that differ has no length.
            guard contentLength == nil || contentLength == String(value) else {
                throw .unavailable("its answer has two lengths")
            }
            contentLength = String(value)
        case "retry-after":
            // A date would have to be held against the server's clock.
            retryAfter = Int(value).flatMap { (0...86_400 * 7).contains($0) ? $0 : nil }
        default: break
        }
    }
}
