internal import BundleModel
internal import Crypto

/// What a client asks of upload-pack in one request of version 0 of the protocol.
///
/// Source: gitprotocol-pack(5), "Packfile Negotiation".
struct UploadPackRequest: Sendable {
    /// Why a body is none.
    struct Malformed: Error {}

    /// What it wants.
    private(set) var wants: Set<CommitID> = []
    /// Whether it asks for a part of history or of objects only, so that an answer is its own.
    private(set) var isPartial = false
    /// Whether it names commits beside those that it wants.
    private(set) var namesOthers = false
    /// References whose history it wants left out, as it names them.
    private(set) var leftOut: [String] = []

    /// The body without the commits of the client that `isKnown` does not know, neither among those
    /// that it has nor where its history is cut off, so that nobody learns from an answer what else
    /// is here.
    func body(knowing isKnown: (CommitID) -> Bool) -> [UInt8] {
        var bytes: [UInt8] = []
        for item in items {
            guard let item else {
                bytes += PacketLine.flush
                continue
            }
            let text = String(decoding: item, as: UTF8.self).split(separator: "\n").first ?? ""
            if text.hasPrefix("have ") || text.hasPrefix("shallow "),
                let id = CommitID(text.drop { $0 != " " }.dropFirst()), !isKnown(id)
            {
                continue
            }
            bytes += PacketLine.bytes(item)
        }
        return bytes
    }

    /// Its lines, with nil for a flush.
    private var items: [ArraySlice<UInt8>?] = []

    /// Reads a body; it may end after any line.
    init(_ body: [UInt8]) throws(Malformed) {
        var rest = body[...]
        while !rest.isEmpty {
            switch PacketLine.next(&rest) {
            case .flush: items.append(nil)
            case .line(let line):
                try take(line)
                items.append(line)
            case .incomplete, .malformed: throw Malformed()
            }
        }
    }

    private mutating func take(_ line: ArraySlice<UInt8>) throws(Malformed) {
        let text = String(decoding: line, as: UTF8.self).split(separator: "\n").first ?? ""
        let word = text.prefix { $0 != " " }
        let rest = text.dropFirst(word.utf8.count + 1)
        switch word {
        case "want":
            guard let id = CommitID(rest.prefix(40)) else { throw Malformed() }
            wants.insert(id)
        case "have":
            guard CommitID(rest) != nil else { throw Malformed() }
            namesOthers = true
        case "done": guard rest.isEmpty else { throw Malformed() }
        case "shallow":
            guard CommitID(rest) != nil else { throw Malformed() }
            namesOthers = true
            isPartial = true
        case "deepen-not":
            leftOut.append(String(rest))
            isPartial = true
        case "deepen", "deepen-since", "filter": isPartial = true
        default: throw Malformed()
        }
    }
}
