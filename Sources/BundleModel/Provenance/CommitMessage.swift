/// The message of a commit: text for people, then one block of trailers.
public struct CommitMessage: Hashable, Sendable {
    /// The whole message.
    public let text: String
    /// Its trailers, in order.
    public let trailers: [Trailer]

    /// Reads a message as Git would: throws `provenance_invalid` when it is not UTF-8.
    public init(bytes: [UInt8]) throws(SheafError) {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw SheafError(.provenanceInvalid, "the commit message is not UTF-8")
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
                .invalidRequest, "the message has a trailer '\(claimed.key)' of its own",
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

    /// The first line.
    public var subject: String {
        String(text.prefix { $0 != "\n" })
    }

    /// The text for people: everything before the trailers, without the first line.
    public var body: String {
        let bytes = Array(text.utf8)
        let block = TrailerBlock(message: bytes)
        let end = block.trailers.isEmpty ? block.end : block.start
        let lines = String(decoding: bytes[..<end], as: UTF8.self)
            .split(separator: "\n", omittingEmptySubsequences: false).dropFirst()
        return lines.joined(separator: "\n").trimmingBlankLines()
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
