import BundleModel
import Foundation
import RuntimeProtocol
import Testing

/// What somebody asks of a runtime, and what came of it: a document or an error.
struct Exchange: Sendable, CustomTestStringConvertible {
    let name: String
    let ask: @Sendable (any RuntimeOperations, Facts) async throws -> String

    /// What the questions are about.
    struct Facts: Sendable {
        let agents: ReleaseDocument
        let file: String
        let otherFile: String
    }

    var testDescription: String { name }

    init<Answer: Encodable & Sendable>(
        _ name: String,
        _ ask: @escaping @Sendable (any RuntimeOperations, Facts) async throws -> Answer
    ) {
        self.name = name
        self.ask = { runtime, facts in
            String(decoding: try WireJSON.encode(try await ask(runtime, facts)), as: UTF8.self)
        }
    }

    /// The answer in one text: what differs between two runtimes alike is left out.
    func outcome(of runtime: any RuntimeOperations, _ facts: Facts) async -> String {
        do {
            return Self.timeless(try await ask(runtime, facts))
        } catch let error as SheafError {
            return "\(error.code.rawValue) | \(error.message) | \(error.details.sorted(by: <)) | "
                + "\(error.hint ?? "") | \(error.findings)"
        } catch {
            return "no SheafError: \(error)"
        }
    }

    /// Two stores ask at different moments.
    static func timeless(_ text: String) -> String {
        text.replacing(
            /"(createdAt|startedAt|endedAt|stoppedAt|acceptedAt|attemptedAt|contactedAt)":"[^"]*Z"/
        ) {
            "\"\($0.1)\":\"-\""
        }.replacing(/"next":"[0-9]{17}~/) { _ in "\"next\":\"-~" }
            // How well a repository packs what it sends is its own affair.
            .replacing(/"bytes":[0-9]+/) { _ in "\"bytes\":1" }
    }
}
