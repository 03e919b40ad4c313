internal import BundleModel
internal import Dispatch

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// Ends work on a transfer when the user interrupts it.
///
/// The `git` that transfers is in a process group of its own, so the terminal's signal does not
/// reach it.
enum Interruption {
    private static let signals = [SIGINT, SIGTERM]

    /// Does work that is cancelled by `SIGINT` or `SIGTERM`, and then throws `cancelled`. A second
    /// signal ends the process.
    static func cancelling<Value: Sendable>(
        _ work: @escaping @Sendable () async throws(SheafError) -> Value
    ) async throws(SheafError) -> Value {
        let task = Task { () async -> Result<Value, SheafError> in
            do throws(SheafError) {
                return .success(try await work())
            } catch {
                return .failure(error)
            }
        }
        let sources = signals.map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler {
                signal(number, SIG_DFL)
                task.cancel()
            }
            source.resume()
            return source
        }
        defer {
            for (number, source) in zip(signals, sources) {
                source.cancel()
                signal(number, SIG_DFL)
            }
        }
        return try await task.value.get()
    }
}
