/// Why the first bytes of a file are not the header of a Git bundle file that Sheaf reads.
///
/// It never repeats what the file says.
public struct GitBundleHeaderError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong.
    public enum Problem: String, Hashable, Sendable, CaseIterable {
        /// The first line is not that of a bundle file.
        case notABundleFile = "bundle-file-signature"
        /// The file is a bundle file of another version than 2.
        case otherVersion = "bundle-file-version"
        /// A line names a capability, which only version 3 has.
        case capability = "bundle-file-capability"
        /// A line does not begin with an id of 40 lowercase hex digits and a space.
        case malformedID = "bundle-file-id"
        /// The name of a reference is empty, not UTF-8, or has a space or control character.
        case malformedName = "bundle-file-name"
        /// A NUL byte stands in a line.
        case nulByte = "bundle-file-nul"
        /// Two references have the same name.
        case repeatedReference = "bundle-file-repeated-reference"
        /// A prerequisite stands behind a reference.
        case prerequisiteBehindReference = "bundle-file-order"
        /// The bytes end before the empty line that ends the header.
        case unfinished = "bundle-file-unfinished"
        /// More lines than ``GitBundleHeader/maximumLines``.
        case tooManyLines = "bundle-file-lines"
        /// A line longer than ``GitBundleHeader/maximumLineBytes``.
        case lineTooLong = "bundle-file-line-length"
        /// A header longer than ``GitBundleHeader/maximumBytes``.
        case tooLarge = "bundle-file-header-size"
    }

    /// What is wrong; its raw value is the stable name of the rule.
    public let problem: Problem
    /// The line, counted from 1.
    public let line: Int
    /// Where that line begins, in bytes from the start of the file.
    public let offset: Int

    init(_ problem: Problem, line: Int, offset: Int) {
        self.problem = problem
        self.line = line
        self.offset = offset
    }

    /// Whether more bytes of the file could change the answer.
    public var isUnfinished: Bool { problem == .unfinished }

    /// The message: what is wrong and where.
    public var description: String { "\(text) (line \(line), byte \(offset))" }

    /// The same as a ``SheafError``: `limit_exceeded` for what is too much, else
    /// `malformed_bundle`.
    ///
    /// - Parameter subject: the file as its reader may see it, for the message.
    public func asError(in subject: String) -> SheafError {
        let isLimit = [.tooManyLines, .lineTooLong, .tooLarge].contains(problem)
        return SheafError(
            isLimit ? .limitExceeded : .malformedBundle,
            "\(DisplayText.escape(subject)): \(description)",
            details: ["rule": problem.rawValue, "line": String(line), "offset": String(offset)],
            hint: hint)
    }

    private var text: String {
        switch problem {
        case .notABundleFile: "the file is not a Git bundle file"
        case .otherVersion: "the Git bundle file is not of version 2"
        case .capability: "the Git bundle file asks for a capability, which version 2 does not have"
        case .malformedID: "an id of 40 lowercase hex digits and a space are expected"
        case .malformedName: "the name of a reference is not one word of UTF-8"
        case .nulByte: "a NUL byte stands in the header"
        case .repeatedReference: "a reference is named a second time"
        case .prerequisiteBehindReference: "a prerequisite stands behind a reference"
        case .unfinished: "the file ends inside its header"
        case .tooManyLines: "the header has over \(GitBundleHeader.maximumLines) lines"
        case .lineTooLong: "the line has over \(GitBundleHeader.maximumLineBytes) bytes"
        case .tooLarge: "the header has over \(GitBundleHeader.maximumBytes) bytes"
        }
    }

    private var hint: String? {
        switch problem {
        case .notABundleFile: "give a file that 'git bundle create' or Sheaf's export wrote"
        case .otherVersion, .capability: "write the file with 'git bundle create --version=2'"
        case .unfinished: "the file is cut short: copy it again"
        case .tooManyLines: "put one channel into the file, not the whole repository"
        default: nil
        }
    }
}
