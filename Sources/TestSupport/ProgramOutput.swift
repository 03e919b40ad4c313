/// How a program ended and what it wrote.
package struct ProgramOutput: Sendable, Hashable {
    /// The exit status; 128 and the signal's number when a signal ended it, as shells count.
    package let status: Int32
    /// What it wrote to standard output.
    package let standardOutput: [UInt8]
    /// What it wrote to standard error.
    package let standardError: [UInt8]

    /// Creates an output.
    package init(status: Int32, standardOutput: [UInt8], standardError: [UInt8]) {
        self.status = status
        self.standardOutput = standardOutput
        self.standardError = standardError
    }

    /// Whether the exit status is 0.
    package var succeeded: Bool { status == 0 }

    /// Standard output as text, whole.
    package var text: String { String(decoding: standardOutput, as: UTF8.self) }

    /// Standard error as text, whole.
    package var errorText: String { String(decoding: standardError, as: UTF8.self) }

    /// Standard output as text without the line ends after its last line.
    package var trimmed: String {
        var text = text[...]
        while text.last?.isNewline == true { text.removeLast() }
        return String(text)
    }

    /// The lines of standard output.
    package var lines: [String] {
        let trimmed = trimmed
        if trimmed.isEmpty { return [] }
        return trimmed.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }
}

extension ProgramOutput: CustomStringConvertible {
    /// Everything that a failed expectation needs to show.
    package var description: String {
        "status \(status)\n--- standard output\n\(text)\n--- standard error\n\(errorText)"
    }
}
