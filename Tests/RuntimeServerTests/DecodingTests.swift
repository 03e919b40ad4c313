import BundleModel
import Foundation
import RuntimeProtocol
import Testing

@Suite("How documents are read")
struct DecodingTests {
    static let pin = """
        {"workspace":"acme","bundle":"agents","commit":"\(String(repeating: "a", count: 40))",\
        "digest":"sha256:\(String(repeating: "b", count: 64))"}
        """

    static func refusal<Document: Decodable>(
        _ type: Document.Type, _ text: String, by reader: WireJSON.Reader = .server
    ) -> SheafError? {
        do {
            _ = try WireJSON.decode(type, from: Array(text.utf8), by: reader)
            return nil
        } catch {
            return error
        }
    }

    @Test(
        "a field that is not known is refused by its name, wherever it is",
        arguments: [
            (#"{"workerId":"w","intent":{"input":""},"spec":{}}"#, "spec"),
            (#"{"workerId":"w","intent":{"input":"","mounts":[]}}"#, "intent.mounts"),
            (#"{"workerId":"w","intent":{"input":""},"bundle":{"path":"/etc"}}"#, "bundle.path"),
        ])
    func unknown(text: String, field: String) throws {
        let error = try #require(Self.refusal(WorkerRequest.self, text))
        #expect(error.code == .invalidRequest)
        #expect(error.details["field"] == field)
        #expect(error.message.contains("'\(field)'"))
        #expect(Self.refusal(WorkerRequest.self, #"{"workerId":"w","intent":{"input":""}}"#) == nil)
    }

    @Test(
        "what is missing, of another type or malformed is refused with the place",
        arguments: [
            (#"{"intent":{"input":""}}"#, "workerId"), (#"{"workerId":"w"}"#, "intent"),
            (#"{"workerId":7,"intent":{"input":""}}"#, "workerId"),
            (#"{"workerId":"-w","intent":{"input":""}}"#, "workerId"),
            (#"{"workerId":"w","intent":{"input":null}}"#, "intent.input"),
            (#"{"workerId":"w","intent":{"input":"","labels":{"a":1}}}"#, "intent.labels.a"),
            (#"{"workerId":"w","intent":{"input":""},"start":"yes"}"#, "start"),
            (
                #"{"workerId":"w","intent":{"input":""},"requiredCapabilities":["a",1]}"#,
                "requiredCapabilities.1"
            ),
            (
                pin.replacing("aaaaaaaaaa", with: "AAAAAAAAAA").wrapped, "bundle.commit"
            ),
        ])
    func malformed(text: String, field: String) throws {
        let error = try #require(Self.refusal(WorkerRequest.self, text))
        #expect(error.code == .invalidRequest)
        #expect(error.details["field"] == field, "\(error)")
    }

    @Test(
        "what is not one JSON value is refused",
        arguments: [
            "", " ", "{", "[1,]", #"{"a":1,}"#, #"{"a" 1}"#, "{} {}", "nul", "tru", "01", "1.", "-",
            "+1", "'a'", #""a"#, "\"a\u{1}\"", #""\x""#, #""\u12""#, #""\ud800""#,
            #""\ud800\u0041""#,
            #"{"a":1,"a":2}"#, String(repeating: "[", count: 100_000),
            String(repeating: #"{"a":"#, count: 40) + "1" + String(repeating: "}", count: 40),
            "\u{FEFF}{}", "{}\u{0}",
        ])
    func notJSON(text: String) {
        #expect(
            Self.refusal([String: Int].self, text)?.code == .invalidRequest, "\(text.prefix(40))")
    }

    @Test("bytes that are not UTF-8 are refused, and texts keep every character")
    func texts() throws {
        #expect(throws: SheafError.self) {
            try WireJSON.decode(String.self, from: [0x22, 0xFF, 0x22], by: .server)
        }
        let text = "\u{0}\u{7F}\"\\/é\u{65}\u{301}\u{1F600}\u{2028}"
        let bytes = try WireJSON.encode(text)
        let read = try WireJSON.decode(String.self, from: bytes, by: .server)
        #expect(read.utf8.elementsEqual(text.utf8))
        let escaped = Array(#""\u00e9\ud83d\ude00\n""#.utf8)
        #expect(try WireJSON.decode(String.self, from: escaped, by: .server) == "é\u{1F600}\n")
    }

    @Test("a client passes over what a newer server says")
    func lenient() throws {
        let text = #"{"channels":[],"later":{"a":[1]}}"#
        #expect(Self.refusal(ChannelPage.self, text, by: .client) == nil)
        #expect(Self.refusal(ChannelPage.self, text)?.details["field"] == "later")
    }

    @Test(
        "a whole number may be written in any way that JSON has",
        arguments: ["47", "47.0", "4.7e1"])
    func whole(text: String) throws {
        let request = try WireJSON.decode(
            StopRequest.self, from: Array("{\"graceSeconds\":\(text)}".utf8), by: .server)
        #expect(request.graceSeconds == 47)
    }

    @Test(
        "a number that is not whole, or too large, is refused",
        arguments: ["47.5", "1e400", "99999999999999999999", "true", "\"47\""])
    func notWhole(text: String) {
        let error = Self.refusal(StopRequest.self, "{\"graceSeconds\":\(text)}")
        #expect(error?.details["field"] == "graceSeconds")
    }

    @Test("a time keeps its milliseconds")
    func time() throws {
        let time = Timestamp(Date(timeIntervalSince1970: 1_764_000_000.2504))
        #expect(time.description == "2025-11-24T16:00:00.250Z")
        let bytes = try WireJSON.encode(time)
        #expect(try WireJSON.decode(Timestamp.self, from: bytes, by: .client) == time)
    }
}

extension String {
    fileprivate var wrapped: String {
        #"{"workerId":"w","intent":{"input":""},"bundle":"# + self + "}"
    }
}
