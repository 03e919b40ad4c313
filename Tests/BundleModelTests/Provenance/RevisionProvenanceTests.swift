import Testing

@testable import BundleModel

@Suite("The trailers of a revision")
struct RevisionProvenanceTests {
    typealias Trailers = [(String, String)]

    /// The rules that are broken, as findings name them.
    private func rules(_ trailers: Trailers) throws -> [String] {
        let message = try Samples.message(trailers)
        do throws(SheafError) {
            _ = try RevisionProvenance(message: message, subject: "commit")
            return []
        } catch {
            #expect(error.code == .provenanceInvalid)
            #expect(error.hint != nil)
            return error.findings.map(\.rule)
        }
    }

    @Test("a revision from outside Git and one from a checkout read back as written")
    func roundTrip() throws {
        for trailers in [Samples.revision, Samples.revisionInGit] {
            let message = try Samples.message(trailers)
            let read = try RevisionProvenance(message: message, subject: "commit")
            #expect(read.trailers == message.trailers)
            #expect(read.revision == 12)
        }
    }

    @Test("the order of the trailers and the user's own among them do not matter")
    func order() throws {
        let own = [("Signed-off-by", "Ada <ada@example.com>"), ("Reviewed-by", "Bo <b@c.d>")]
        let mixed = [own[0]] + Samples.revision.reversed() + [own[1]]
        let read = try RevisionProvenance(message: try Samples.message(mixed), subject: "commit")
        let plain = try RevisionProvenance(
            message: try Samples.message(Samples.revision), subject: "commit")
        #expect(read == plain)
    }

    @Test("a missing trailer is named", arguments: Samples.revisionInGit.indices)
    func missing(index: Int) throws {
        var trailers = Samples.revisionInGit
        let name = trailers.remove(at: index).0
        let message = try Samples.message(trailers)
        #expect {
            try RevisionProvenance(message: message, subject: "commit")
        } throws: { error in
            guard let error = error as? SheafError else { return false }
            return error.code == .provenanceInvalid && error.message.contains("'\(name)'")
                && error.findings.first?.rule == "trailer-missing"
        }
    }

    @Test(
        "a repeated trailer is refused, with the same value too", arguments: 0..<7, [true, false])
    func repeated(index: Int, isSame: Bool) throws {
        var trailers = Samples.revisionInGit
        let (name, value) = trailers[index]
        trailers.append((name, isSame ? value : value + "1"))
        #expect(try rules(trailers).first == "trailer-repeated")
    }

    static let malformed: [(String, [String])] = [
        ("Bundle-Workspace", ["", "Acme", "a..b", "12", "-a", "a b", "a/b", "con", "a.lock", "é"]),
        ("Bundle-Id", ["", "Support", "12", Samples.commit, "x.git", "aux"]),
        (
            "Bundle-Revision",
            [
                "", "0", "-1", "+1", "01", "1.0", "1e3", "0x1", "１", "1 2", "9223372036854775807",
                "9223372036854775808", "99999999999999999999999999",
            ]
        ),
        (
            "Bundle-Digest",
            [
                "", "sha256:", "sha1:\(Samples.commit)", String(Samples.digest.dropLast()),
                Samples.digest + "0", Samples.digest.uppercased(),
                String(Samples.digest.dropFirst(7)), "SHA256:" + Samples.digest.dropFirst(7),
            ]
        ),
        (
            "Bundle-Source",
            [
                "", "directory:", "directory:a/b", "directory:/srv", "directory:a b", "agents",
                "/srv/agents", "https://git.example/acme@\(Samples.commit)",
                "git+https://ada@git.example/acme@\(Samples.commit)",
                "git+https://git.example/acme", "git+https://git.example/acme@1234567",
                "git+https://git.example/acme@\(Samples.commit)#",
                "git+https://git.example/acme@\(Samples.commit)#/srv",
                "git+https://git.example/acme@\(Samples.commit)#a/../b",
                "git+file:///srv/acme@\(Samples.commit)", "git:@\(Samples.commit)",
                "git:a/b@\(Samples.commit)", "git:/srv/acme@\(Samples.commit)",
                "git+https:///acme@\(Samples.commit)", "git+ssh://-oProxy/x@\(Samples.commit)",
            ]
        ),
        ("Bundle-Source-State", ["", "Clean", "dirty", "clean modified"]),
        ("Bundle-Publisher", ["", "sheaf", "sheaf/", "/1.0", "sheaf/1/2", "sheaf 1.0", "shéaf/1"]),
    ]

    @Test("a malformed value is refused", arguments: malformed)
    func refused(name: String, values: [String]) throws {
        for value in values {
            let trailers = Samples.revisionInGit.map { $0.0 == name ? (name, value) : $0 }
            #expect(try rules(trailers).contains("trailer-malformed"), "\(name): \(value)")
        }
    }

    @Test("a folded value is malformed, though Git would unfold it")
    func folded() throws {
        let trailers = Samples.revision.map { name, value in
            name == "Bundle-Publisher" ? (name, "\n sheaf/0.1.0") : (name, value)
        }
        #expect(try rules(trailers) == ["trailer-malformed"])
    }

    @Test(
        "another case of a name is both missing and unknown",
        arguments: ["bundle-id", "BUNDLE-ID", "Bundle-ID", "Bundle-iD"])
    func wrongCase(name: String) throws {
        let trailers = Samples.revision.map { $0.0 == "Bundle-Id" ? (name, $0.1) : $0 }
        #expect(try rules(trailers) == ["trailer-missing", "trailer-unknown"])
    }

    @Test(
        "an unknown name of Sheaf's name space is refused, others are not",
        arguments: [
            ("Bundle-Colour", ["trailer-unknown"]), ("bundle-x", ["trailer-unknown"]),
            ("Release-Colour", ["trailer-unknown"]), ("Bundle-", ["trailer-unknown"]),
            ("Release-Channel", ["trailer-conflicting"]),
            ("Release-Approved-By", ["trailer-conflicting"]),
            ("Bundle-Source-State", ["trailer-conflicting"]),
            ("Bundle", []), ("Bundled-With", []), ("Released", []), ("X-Bundle-Id", []),
            ("Change-Id", []),
        ])
    func unknown(name: String, expected: [String]) throws {
        let found = try rules(Samples.revision + [(name, "x")])
        #expect(Set(found) == Set(expected))
    }

    @Test("names that are not known are neither repeated nor listed without end")
    func manyUnknown() throws {
        let names = (0..<300).map { ("Bundle-Zq7Canary\($0)", "x") }
        let message = try Samples.message(Samples.revision + names)
        let error = try #require(throws: SheafError.self) {
            try RevisionProvenance(message: message, subject: "a commit")
        }
        #expect(error.findings.count == 100)
        #expect(error.message.hasSuffix("; and 90 more"))
        for text in error.findings.map(\.message) + [error.message] {
            #expect(!text.contains("Zq7"))
        }
    }

    @Test("the state of the source is required in Git and refused outside it")
    func state() throws {
        let outside = Samples.revision + [("Bundle-Source-State", "clean")]
        #expect(try rules(outside).contains("trailer-conflicting"))
        let inside = Samples.revisionInGit.filter { $0.0 != "Bundle-Source-State" }
        #expect(try rules(inside) == ["trailer-missing"])
        for state in ["clean", "modified"] {
            let trailers = Samples.revisionInGit.map {
                $0.0 == "Bundle-Source-State" ? ($0.0, state) : $0
            }
            #expect(try rules(trailers) == [])
        }
    }

    @Test("every problem is reported, not the first alone")
    func all() throws {
        #expect(try rules([("Bundle-Id", "A"), ("Bundle-Revision", "0")]).count >= 6)
        #expect(try rules([]).count >= 6)
    }

    @Test("trailers that are not in the last paragraph do not count")
    func wrongPlace() throws {
        let block = Samples.revision.map { "\($0): \($1)" }.joined(separator: "\n")
        for text in ["\(block)\n", "Publish\n\n\(block)\n\nMore text.\n", "Publish\n\(block)\n"] {
            let message = try CommitMessage(bytes: Array(text.utf8))
            #expect(throws: SheafError.self) {
                try RevisionProvenance(message: message, subject: "commit")
            }
        }
    }
}
