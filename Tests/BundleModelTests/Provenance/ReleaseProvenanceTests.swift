import Testing

@testable import BundleModel

@Suite("The trailers of a release")
struct ReleaseProvenanceTests {
    private static let trailers = Samples.revisionInGit + Samples.release

    private func rules(_ trailers: [(String, String)]) throws -> [String] {
        let message = try Samples.message(trailers)
        do throws(SheafError) {
            _ = try ReleaseProvenance(message: message, subject: "commit")
            return []
        } catch {
            #expect(error.code == .provenanceInvalid)
            return error.findings.map(\.rule)
        }
    }

    @Test("a release reads back as written, with its revision's trailers unchanged")
    func roundTrip() throws {
        let message = try Samples.message(Self.trailers)
        let read = try ReleaseProvenance(message: message, subject: "commit")
        #expect(read.trailers == message.trailers)
        #expect(read.sequence == 3)
        #expect(read.channel.rawValue == "stable")
        #expect(read.reason == "Fewer false alarms")
        let revision = try RevisionProvenance(
            message: try Samples.message(Samples.revisionInGit), subject: "commit")
        #expect(read.revision == revision)
    }

    @Test("a missing or repeated trailer is named", arguments: 0..<11)
    func count(index: Int) throws {
        var trailers = Self.trailers
        let removed = trailers.remove(at: index)
        #expect(try rules(trailers).first == "trailer-missing")
        trailers += [removed, removed]
        #expect(try rules(trailers).first == "trailer-repeated")
    }

    static let malformed: [(String, [String])] = [
        ("Release-Channel", ["", "Stable", "a/b", "12", "..", "nul"]),
        ("Release-Sequence", ["", "0", "-3", "03", "three", "9223372036854775807"]),
        (
            "Release-Revision-Commit",
            ["", "1234567", String(repeating: "A", count: 40), Samples.commit + "0"]
        ),
        ("Release-Reason", ["", String(repeating: "x", count: 501), "a\u{202E}b", "a\u{1B}[1m"]),
    ]

    @Test("a malformed value is refused", arguments: malformed)
    func refused(name: String, values: [String]) throws {
        for value in values {
            let trailers = Self.trailers.map { $0.0 == name ? (name, value) : $0 }
            #expect(try rules(trailers) == ["trailer-malformed"], "\(name): \(value)")
        }
    }

    @Test("what is reserved is accepted, what is unknown is not")
    func reserved() throws {
        let more = [("Release-Approved-By", "Bo"), ("Release-Continues", Samples.otherCommit)]
        #expect(try rules(Self.trailers + more) == [])
        #expect(try rules(Self.trailers + [("Release-Notes", "x")]) == ["trailer-unknown"])
        #expect(try rules(Self.trailers + [("release-reason", "x")]) == ["trailer-unknown"])
    }

    @Test(
        "a reason is one line of text",
        arguments: [
            ("why not", "why not"), ("  padded\t", "padded"), ("理由：誤検知を減らす", "理由：誤検知を減らす"),
            (" \u{301}a \u{338} ", "\u{301}a \u{338}"),
            ("with: colon # and hash", "with: colon # and hash"),
            (String(repeating: "x", count: 500), String(repeating: "x", count: 500)),
            ("", nil), ("   ", nil), ("two\nlines", nil), ("two\r\nlines", nil), ("a\u{0}", nil),
            ("a\u{2028}b", nil), ("a\tb", nil), ("\u{202E}a", nil),
            (String(repeating: "x", count: 501), nil),
        ] as [(String, String?)])
    func reason(text: String, kept: String?) throws {
        let revision = try RevisionProvenance(
            message: try Samples.message(Samples.revision), subject: "commit")
        let commit = try #require(CommitID(Samples.commit))
        do throws(SheafError) {
            let release = try ReleaseProvenance(
                revision: revision, channel: .latest, sequence: 1, revisionCommit: commit,
                reason: text)
            #expect(release.reason == kept)
            let message = try CommitMessage(text: "Release", adding: release.trailers)
            #expect(try ReleaseProvenance(message: message, subject: "commit") == release)
        } catch {
            #expect(kept == nil)
            #expect(error.code == .invalidRequest)
        }
    }
}
