internal import BundleModel

/// What holds for commit messages and the provenance in their trailers, whatever they say.
enum TrailerProperties {
    static func check(_ bytes: [UInt8]) throws(BrokenProperty) {
        let isText = String(validating: bytes, as: UTF8.self) != nil && !bytes.contains(0)
        switch Self.result({ () throws(SheafError) in try CommitMessage(bytes: bytes) }) {
        case .success(let message):
            try require(isText, "only text without a NUL byte is a message")
            try checkMessage(message)
            try checkProvenance(message, FindingProperties(bytes))
        case .failure(let error):
            try requireEqual(error.code, .provenanceInvalid, "what is no message has its code")
            try require(!isText, "text without a NUL byte is a message")
        }
        try checkStamping(bytes)
        let text = String(decoding: bytes, as: UTF8.self)
        try checkComposing(text)
        try checkReason(text)
    }

    private static func result<Value>(
        _ body: () throws(SheafError) -> Value
    ) -> Result<Value, SheafError> {
        do throws(SheafError) { return .success(try body()) } catch { return .failure(error) }
    }

    // MARK: Reading

    private static func checkMessage(_ message: CommitMessage) throws(BrokenProperty) {
        for trailer in message.trailers {
            let isKey = trailer.key.utf8.allSatisfy {
                (0x30...0x39).contains($0) || (0x41...0x5A).contains($0)
                    || (0x61...0x7A).contains($0) || $0 == 0x2D
            }
            try require(!trailer.key.isEmpty && isKey, "a key is letters, digits and hyphens")
            let value = trailer.value.utf8
            try require(!value.contains(0x0A), "a value is one line")
            let ends = [value.first, value.last].compactMap { $0 }
            try require(
                !ends.contains(0x20) && !ends.contains(0x09), "no blanks stand around a value")
        }
        if !message.trailers.isEmpty {
            let block = message.trailers.map { "\($0)\n" }.joined()
            guard let again = try? CommitMessage(bytes: Array("Title\n\n\(block)".utf8)) else {
                throw BrokenProperty(property: "trailers can be written again", found: block)
            }
            try requireEqual(
                again.trailers.map(\.description), message.trailers.map(\.description),
                "trailers written again are the same")
        }
        try require(!message.subject.utf8.contains(0x0A), "a subject is one line")
        try require(
            !message.body.utf8.contains([0x0D, 0x0A]), "the body's line ends are line feeds",
            found: message.body.debugDescription)
    }

    private static func checkProvenance(
        _ message: CommitMessage, _ findings: FindingProperties
    ) throws(BrokenProperty) {
        switch Self.result({ () throws(SheafError) in
            try RevisionProvenance(message: message, subject: "a commit")
        }) {
        case .success(let revision):
            try requireStands(revision.trailers, in: message)
            let again = Self.result { () throws(SheafError) in
                let composed = try CommitMessage(text: "x", adding: revision.trailers)
                return try RevisionProvenance(message: composed, subject: "a commit")
            }
            try requireEqual(again, .success(revision), "a revision's trailers say what it is")
        case .failure(let error): try checkRefusal(error, findings)
        }
        switch Self.result({ () throws(SheafError) in
            try ReleaseProvenance(message: message, subject: "a commit")
        }) {
        case .success(let release):
            try requireStands(release.trailers, in: message)
            let again = Self.result { () throws(SheafError) in
                let composed = try CommitMessage(text: "x", adding: release.trailers)
                return try ReleaseProvenance(message: composed, subject: "a commit")
            }
            try requireEqual(again, .success(release), "a release's trailers say what it is")
        case .failure(let error): try checkRefusal(error, findings)
        }
    }

    private static func requireStands(
        _ trailers: [Trailer], in message: CommitMessage
    ) throws(BrokenProperty) {
        for trailer in trailers {
            let found = message.trailers.filter { $0.key == trailer.key }
            try requireEqual(
                found.map(\.description), [trailer.description],
                "what a provenance says stands once in the message")
        }
    }

    private static func checkRefusal(
        _ error: SheafError, _ findings: FindingProperties
    ) throws(BrokenProperty) {
        try requireEqual(error.code, .provenanceInvalid, "bad trailers have their code")
        try require(!error.findings.isEmpty, "bad trailers are named")
        try findings.check(error.findings, atMost: 100)
        try findings.checkText(error.message)
    }

    // MARK: Writing

    private static func checkComposing(_ text: String) throws(BrokenProperty) {
        guard let revision = Sample.revision, let release = Sample.release(reason: "Because") else {
            throw BrokenProperty(property: "the sample is a provenance", found: "")
        }
        let composing = Self.result { () throws(SheafError) in
            try CommitMessage(text: text, adding: revision.trailers)
        }
        switch composing {
        case .success(let message):
            let read = Self.result { () throws(SheafError) in
                try CommitMessage(bytes: Array(message.text.utf8))
            }
            try requireEqual(read, .success(message), "a composed message is read as it was made")
            let provenance = Self.result { () throws(SheafError) in
                try RevisionProvenance(message: message, subject: "a commit")
            }
            try requireEqual(provenance, .success(revision), "a composed message says its revision")
            try require(!message.subject.isEmpty, "a composed message has a subject")
        case .failure(let error):
            try require(
                [.invalidRequest, .limitExceeded, .forbiddenContent].contains(error.code),
                "a text that cannot be a message has its code", found: "\(error)")
        }
        let other = Self.result { () throws(SheafError) in
            let message = try CommitMessage(text: text, adding: release.trailers)
            return try ReleaseProvenance(message: message, subject: "a commit")
        }
        if case .success = composing {
            try requireEqual(other, .success(release), "a composed message says its release")
        }
    }

    /// The commit-msg hook replaces what stands in a message already.
    private static func checkStamping(_ bytes: [UInt8]) throws(BrokenProperty) {
        guard let revision = Sample.revision else { return }
        let stamping = Self.result { () throws(SheafError) in
            try MessageDraft(bytes: bytes).stamped(with: revision.trailers)
        }
        switch stamping {
        case .success(let stamped):
            let again = Self.result { () throws(SheafError) in
                try MessageDraft(bytes: stamped).stamped(with: revision.trailers)
            }
            try requireEqual(again, .success(stamped), "a stamp that stands there stays")
            guard String(validating: bytes, as: UTF8.self) != nil, !bytes.contains(0) else {
                return
            }
            let provenance = Self.result { () throws(SheafError) in
                let message = try CommitMessage(bytes: stamped)
                return try RevisionProvenance(message: message, subject: "a commit")
            }
            try requireEqual(provenance, .success(revision), "a stamped message says its revision")
        case .failure(let error):
            try require(
                [.invalidRequest, .limitExceeded].contains(error.code),
                "a message that cannot be stamped has its code", found: "\(error)")
        }
    }

    private static func checkReason(_ text: String) throws(BrokenProperty) {
        guard let release = Sample.release(reason: text) else { return }
        let again = Self.result { () throws(SheafError) in
            let message = try CommitMessage(text: "x", adding: release.trailers)
            return try ReleaseProvenance(message: message, subject: "a commit")
        }
        try requireEqual(again, .success(release), "a reason is read as it was given")
    }

    private enum Sample {
        static let digits = "0123456789abcdef"

        static let revision: RevisionProvenance? = {
            guard let workspace = try? WorkspaceID("acme"), let bundle = try? BundleID("agents"),
                let digest = BundleDigest("sha256:" + String(repeating: digits, count: 4))
            else { return nil }
            return RevisionProvenance(
                workspace: workspace, bundle: bundle, revision: 12, digest: digest,
                source: .directory(name: "agents"), sourceState: nil)
        }()

        static func release(reason: String) -> ReleaseProvenance? {
            guard let revision, let channel = try? ChannelID("stable"),
                let commit = CommitID(digits + digits + "01234567")
            else { return nil }
            return try? ReleaseProvenance(
                revision: revision, channel: channel, sequence: 3, revisionCommit: commit,
                reason: reason)
        }
    }
}
