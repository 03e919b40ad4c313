/// The message of a commit: text for people, then one block of trailers.
public struct CommitMessage: Hashable, Sendable {
    /// The whole message.
    public let text: String
    /// Its trailers, in order.
    public let trailers: [Trailer]

    /// Reads a message as Git would: throws `provenance_invalid` when it is not UTF-8 or has a NUL
    /// byte, at which Git would stop.
    public init(bytes: [UInt8]) throws(SheafError) {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw SheafError(.provenanceInvalid, "the commit message is not UTF-8")
        }
        guard !bytes.contains(0) else {
            throw SheafError(.provenanceInvalid, "the commit message has a NUL byte")
        }
        self.text = text
        trailers = TrailerBlock(message: bytes).trailers
    }

    /// Composes a message from what a person wrote and the trailers that Sheaf adds.
    ///
    /// Trailers that stand in the text already (`Signed-off-by`, `Co-authored-by`) share one block
    /// with the new ones. Throws `invalid_request` when the text is empty, has a control character,
    /// claims a `Bundle-` or `Release-` trailer of its own, or would hide the block from Git, and
    /// `limit_exceeded` over ``ContentLimits/messageBytes``.
    public init(
        text: String, adding added: [Trailer], limits: ContentLimits = .standard
    ) throws(SheafError) {
        let body = try Self.cleaned(text)
        let block = TrailerBlock(message: Array(body.utf8))
        if let claimed = block.trailers.first(where: { TrailerName.claims($0.key) }) {
            throw SheafError(
                .invalidRequest,
                "the message has a trailer \(KeyText.shown(claimed.key)) of its own",
                hint: "leave Bundle-… and Release-… trailers to Sheaf")
        }
        let separator = block.trailers.isEmpty ? "\n\n" : "\n"
        let composed =
            body + separator + added.map(\.description).joined(separator: "\n") + "\n"
        guard composed.utf8.count <= limits.messageBytes else {
            throw SheafError(
                .limitExceeded, "the message is over \(limits.messageBytes) bytes",
                details: ["limit": String(limits.messageBytes)])
        }
        let read = TrailerBlock(message: Array(composed.utf8)).trailers
        guard read.suffix(added.count).elementsEqual(added) else {
            throw SheafError(
                .invalidRequest, "with this message Git would not find the trailers at its end",
                hint: "remove scissors lines and comment lines from its last paragraph")
        }
        self.text = composed
        trailers = read
    }

    /// The first line that is not blank.
    public var subject: String {
        lines(before: text.utf8.count).first ?? ""
    }

    /// The text for people: everything before the trailers, without the first line. Its line ends
    /// are line feeds alone.
    public var body: String {
        let block = TrailerBlock(message: Array(text.utf8))
        let end = block.trailers.isEmpty ? block.end : block.start
        return lines(before: end).dropFirst().joined(separator: "\n").trimmingBlankLines()
    }

    /// The lines of a part of the text without blank ones at its start. They are split by bytes:
    /// to Swift, the line end of Windows is one character of its own.
    private func lines(before end: Int) -> [String] {
        text.utf8.prefix(end).split(separator: 0x0A, omittingEmptySubsequences: false)
            .map { line in
                var line = line
                while line.last == 0x0D { line.removeLast() }
                return String(decoding: line, as: UTF8.self)
            }
            .drop { $0.allSatisfy { $0 == " " || $0 == "\t" } }
            .map { $0 }
    }

    private static func cleaned(_ text: String) throws(SheafError) -> String {
        let unified = text.replacing("\r\n", with: "\n")
        let isDisturbing: (Unicode.Scalar) -> Bool = { scalar in
            scalar.properties.generalCategory == .control && scalar != "\n" && scalar != "\t"
        }
        if unified.unicodeScalars.contains(where: isDisturbing) {
            throw SheafError(.invalidRequest, "the message has a control character")
        }
        let lines = unified.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            var line = line
            while let last = line.last, last == " " || last == "\t" { line.removeLast() }
            return line
        }
        let body = lines.joined(separator: "\n").trimmingBlankLines()
        if body.isEmpty { throw SheafError(.invalidRequest, "the message is empty") }
        return body
    }
}

extension String {
    fileprivate func trimmingBlankLines() -> String {
        var view = self[...]
        while view.first == "\n" { view.removeFirst() }
        while view.last == "\n" { view.removeLast() }
        return String(view)
    }
}
