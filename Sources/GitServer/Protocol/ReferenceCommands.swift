internal import BundleModel
internal import BundleRepository

/// The references that a push wants to move, from the start of its body.
///
/// Source: gitprotocol-pack(5), "Reference Update Request and Packfile Transfer".
struct ReferenceCommands: Sendable {
    /// Why a body is none.
    struct Malformed: Error {}

    /// The full names, in the order of the request; empty for a probe.
    private(set) var names: [String] = []
    /// What the client understands.
    private(set) var capabilities: Set<Substring> = []

    /// How much of the body was read.
    private var position = 0

    /// Reads on in the start of a body, of which more has come; gives whether all commands are
    /// there. What was read is not read again, in however many parts the body comes.
    mutating func read(_ body: [UInt8]) throws(Malformed) -> Bool {
        var rest = body[position...]
        while true {
            let item = PacketLine.next(&rest)
            position = rest.startIndex
            switch item {
            case .flush: return true
            case .line(let line): try take(line)
            case .incomplete: return false
            case .malformed: throw Malformed()
            }
        }
    }

    private mutating func take(_ line: ArraySlice<UInt8>) throws(Malformed) {
        let parts = line.split(separator: 0, maxSplits: 1, omittingEmptySubsequences: false)
        let text = String(decoding: parts[0], as: UTF8.self)
        if parts.count == 2 {
            guard names.isEmpty else { throw Malformed() }
            let words = String(decoding: parts[1], as: UTF8.self)
            capabilities = Set(words.split { $0 == " " || $0 == "\n" })
        }
        if text.hasPrefix("shallow ") { return }
        // '<old> <new> <name>', perhaps with a line break. Signed pushes are not offered.
        let words =
            text.split(separator: "\n").first?
            .split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false) ?? []
        guard words.count == 3, CommitID(words[0]) != nil, CommitID(words[1]) != nil else {
            throw Malformed()
        }
        names.append(String(words[2]))
    }

    /// An answer that refuses every reference, in the form that the client understands; nil when it
    /// understands none.
    func refusal(_ reason: (String) -> String) -> [UInt8]? {
        guard capabilities.contains("report-status") || capabilities.contains("report-status-v2")
        else { return nil }
        var report = PacketLine.bytes("unpack ok\n")
        for name in names { report += PacketLine.bytes("ng \(name) \(reason(name))\n") }
        report += PacketLine.flush
        guard capabilities.contains("side-band-64k") else { return report }
        var answer: [UInt8] = []
        var rest = report[...]
        while !rest.isEmpty {
            answer += PacketLine.bytes([1] + rest.prefix(65000))
            rest = rest.dropFirst(65000)
        }
        return answer + PacketLine.flush
    }
}
