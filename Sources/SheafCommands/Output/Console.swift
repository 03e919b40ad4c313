package import BundleModel
internal import Foundation
internal import SystemPackage

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// Takes how far some work is, in a few words.
typealias ActivityReport = @Sendable (String) -> Void

/// Where a verb writes: results to standard output, everything else to standard error.
package struct Console: Sendable {
    /// How results are written.
    let format: OutputFormat

    /// Writes in this form.
    package init(_ format: OutputFormat) {
        self.format = format
    }

    /// How text on standard output looks.
    var style: TextStyle { Self.style(STDOUT_FILENO) }

    /// How text on standard error looks.
    var noteStyle: TextStyle { Self.style(STDERR_FILENO) }

    /// Writes a result, in the form that was asked for.
    func show(
        _ value: some Encodable, text: (TextStyle) -> String
    ) throws(SheafError) {
        switch format {
        case .text: try write(text(style))
        case .json: try write(JSONText.encode(value))
        }
    }

    /// Writes a result as it is.
    package func write(_ text: String) throws(SheafError) {
        try write(Array(text.utf8))
    }

    /// Writes the bytes of a result; throws `io_error` when standard output does not take them.
    ///
    /// When the reader has gone the process ends as every other filter does, by SIGPIPE.
    func write(_ bytes: [UInt8]) throws(SheafError) {
        do {
            try FileDescriptor.standardOutput.writeAll(bytes)
        } catch let error as Errno where error == .brokenPipe {
            Self.endByBrokenPipe()
        } catch {
            throw SheafError(.ioError, "standard output cannot be written: \(error)")
        }
    }

    /// Tells people something beside the result; programs find it in the result itself.
    package func note(_ text: String) {
        guard format == .text else { return }
        complain("\(noteStyle.dim("note:")) \(text)\n")
    }

    /// Writes to standard error; there is nobody to tell when that fails.
    package func complain(_ text: String) {
        _ = try? FileDescriptor.standardError.writeAll(Array(text.utf8))
    }

    /// Does work that may take long; a terminal shows meanwhile what is going on.
    func during<Value>(
        _ activity: String, _ work: () async throws(SheafError) -> Value
    ) async throws(SheafError) -> Value {
        try await during(activity) { (_: ActivityReport?) async throws(SheafError) in
            try await work()
        }
    }

    /// The same for work that can say how far it is. It is given nothing to say it to where nobody
    /// would see it, and never waits for the terminal.
    func during<Value>(
        _ activity: String, _ work: (ActivityReport?) async throws(SheafError) -> Value
    ) async throws(SheafError) -> Value {
        let style = noteStyle
        guard style.isTerminal, format == .text else { return try await work(nil) }
        complain("\(style.dim("\(activity) …"))\r")
        let (reports, reporting) = AsyncStream.makeStream(
            of: String.self, bufferingPolicy: .bufferingNewest(1))
        let showing = Task {
            for await report in reports {
                complain("\u{1B}[2K\r\(style.dim("\(activity): \(report) …"))\r")
            }
        }
        let result: Result<Value, SheafError>
        do throws(SheafError) {
            result = .success(try await work { reporting.yield($0) })
        } catch {
            result = .failure(error)
        }
        // The line goes before anything else is written.
        reporting.finish()
        await showing.value
        complain("\u{1B}[2K\r")
        return try result.get()
    }

    /// Reads all of standard input as text.
    ///
    /// Throws `limit_exceeded` over a number of bytes, `invalid_request` when it is not UTF-8.
    func readInput(atMost limit: Int) throws(SheafError) -> String {
        let bytes: Data
        do {
            bytes = try FileHandle.standardInput.read(upToCount: limit + 1) ?? Data()
        } catch {
            throw SheafError(.ioError, "standard input cannot be read")
        }
        guard bytes.count <= limit else {
            throw SheafError(.limitExceeded, "the input is over \(limit) bytes")
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw SheafError(.invalidRequest, "the input is not UTF-8")
        }
        return text
    }

    private static func style(_ descriptor: Int32) -> TextStyle {
        guard isatty(descriptor) == 1 else {
            return TextStyle(isTerminal: false, isColoured: false)
        }
        // https://no-color.org: set and not empty, whatever the value.
        let environment = DefaultLocations()
        let isPlain =
            environment.variable("NO_COLOR") != nil || environment.variable("TERM") == "dumb"
        return TextStyle(isTerminal: true, isColoured: !isPlain)
    }

    /// libgit2's transports need SIGPIPE ignored, so that a write fails where it would have ended
    /// the process; here it ends it after all, with the status that shells expect.
    private static func endByBrokenPipe() -> Never {
        signal(SIGPIPE, SIG_DFL)
        raise(SIGPIPE)
        exit(128 + SIGPIPE)
    }
}
