import BundleModel
import TestSupport
import Testing

/// A command that has to be refused: how things stand, what is run, and the answer.
struct BadInput: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let code: SheafError.Code
    /// A part of the message, or of a finding.
    let message: String
    let arguments: [String]
    let prepare: @Sendable (Desk) async throws -> Void

    init(
        _ description: String, _ code: SheafError.Code, _ message: String,
        _ arguments: String..., prepare: @escaping @Sendable (Desk) async throws -> Void = { _ in }
    ) {
        self.init(description, code, message, arguments, prepare: prepare)
    }

    init(
        _ description: String, _ code: SheafError.Code, _ message: String,
        _ arguments: [String], prepare: @escaping @Sendable (Desk) async throws -> Void = { _ in }
    ) {
        testDescription = "\(code.rawValue): \(description)"
        self.code = code
        self.message = message
        self.arguments = arguments
        self.prepare = prepare
    }
}
