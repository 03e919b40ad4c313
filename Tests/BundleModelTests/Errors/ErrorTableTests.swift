import BundleModel
import Foundation
import TestSupport
import Testing

/// One row of the table of error codes as it is published.
struct ErrorRow: Sendable, CustomTestStringConvertible {
    let code: String
    let http: Int
    let exit: Int32

    var testDescription: String { code }

    init(_ code: String, _ http: Int, _ exit: Int32) {
        self.code = code
        self.http = http
        self.exit = exit
    }

    /// The table, in its order of precedence.
    static let all: [ErrorRow] = [
        ErrorRow("bundle_missing", 404, 1),
        ErrorRow("digest_mismatch", 409, 1),
        ErrorRow("invalid_profile_selector", 422, 1),
        ErrorRow("unsupported_declaration", 422, 1),
        ErrorRow("forbidden_content", 422, 1),
        ErrorRow("malformed_bundle", 422, 1),
        ErrorRow("provenance_invalid", 422, 1),
        ErrorRow("workspace_mismatch", 403, 1),
        ErrorRow("release_replayed", 409, 1),
        ErrorRow("release_conflict", 409, 1),
        ErrorRow("history_rewritten", 409, 1),
        ErrorRow("bundle_required", 422, 1),
        ErrorRow("host_policy_denied", 403, 1),
        ErrorRow("runtime_stale", 503, 1),
        ErrorRow("engine_failed", 500, 1),
        ErrorRow("not_found", 404, 1),
        ErrorRow("conflict", 409, 1),
        ErrorRow("limit_exceeded", 413, 1),
        ErrorRow("invalid_request", 400, 2),
        ErrorRow("unauthorized", 401, 3),
        ErrorRow("forbidden", 403, 3),
        ErrorRow("host_policy_invalid", 500, 3),
        ErrorRow("remote_unauthorized", 502, 3),
        ErrorRow("remote_unavailable", 502, 3),
        ErrorRow("deadline_exceeded", 504, 3),
        ErrorRow("cancelled", 499, 3),
        ErrorRow("store_corrupt", 500, 3),
        ErrorRow("store_busy", 503, 3),
        ErrorRow("io_error", 500, 3),
    ]
}

@Suite("The table of errors")
struct ErrorTableTests {
    @Test("a published code is known, with its statuses", arguments: ErrorRow.all)
    func published(row: ErrorRow) throws {
        let code = try #require(SheafError.Code(rawValue: row.code))
        #expect(code.presentation.httpStatus == row.http)
        #expect(code.presentation.exitStatus == row.exit)
    }

    @Test("every code is published, in the order of precedence")
    func complete() {
        #expect(SheafError.Code.allCases.map(\.rawValue) == ErrorRow.all.map(\.code))
        #expect(SheafError.Code.allCases.map(\.precedence) == Array(0..<ErrorRow.all.count))
    }

    @Test("a code survives its text in both directions", arguments: SheafError.Code.allCases)
    func codable(code: SheafError.Code) throws {
        #expect(SheafError.Code(rawValue: code.rawValue) == code)
        let json = try JSONEncoder().encode([code])
        #expect(String(decoding: json, as: UTF8.self) == "[\"\(code.rawValue)\"]")
        #expect(try JSONDecoder().decode([SheafError.Code].self, from: json) == [code])
    }

    @Test("an unknown code is no code", arguments: ["", "BUNDLE_MISSING", "bundle-missing", "ok"])
    func unknown(text: String) {
        #expect(SheafError.Code(rawValue: text) == nil)
    }

    @Test("no code means success, and 2 means usage alone")
    func exitStatuses() {
        for code in SheafError.Code.allCases {
            #expect([1, 2, 3].contains(code.presentation.exitStatus))
            #expect((code.presentation.exitStatus == 2) == (code == .invalidRequest))
            #expect((400...599).contains(code.presentation.httpStatus))
        }
    }
}

@Suite("An error out of findings")
struct FindingsTests {
    private func finding(_ code: SheafError.Code, _ path: String, _ line: Int) -> Finding {
        Finding(code: code, rule: "rule", path: path, line: line, message: "is wrong")
    }

    @Test("it carries the first of their codes and all of them in file and line order")
    func collected() throws {
        let findings = [
            finding(.limitExceeded, "b.yaml", 2), finding(.malformedBundle, "b.yaml", 10),
            finding(.unsupportedDeclaration, "b.yaml", 9), finding(.malformedBundle, "a.yaml", 7),
        ]
        let error = try #require(SheafError(findings: findings, in: "the bundle"))
        #expect(error.code == .unsupportedDeclaration)
        #expect(
            error.findings.map(\.location) == ["a.yaml:7", "b.yaml:2", "b.yaml:9", "b.yaml:10"])
        #expect(error.message == "the bundle has 4 problems")
    }

    @Test("no findings are no error")
    func none() {
        #expect(SheafError(findings: [], in: "the bundle") == nil)
    }

    @Test("a path that would disturb a terminal is shown escaped")
    func escaped() {
        let shown = finding(.malformedBundle, "a\u{1B}[31m\u{202E}b", 1).path
        #expect(shown == "a\\u{1b}[31m\\u{202e}b")
    }

    @Test("an excerpt shows four characters at most")
    func excerpt() {
        #expect(DisplayText.excerpt("secret-value") == "secr…")
        #expect(DisplayText.excerpt("abcd") == "abcd")
        #expect(DisplayText.excerpt("") == "")
    }
}
