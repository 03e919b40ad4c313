internal import ArgumentParser
internal import BundleModel
internal import BundleRepository
internal import WorkerRuntime

/// `sheaf runtime check`: whether what a pin names can be used on this host.
struct RuntimeCheckCommand: Verb {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Say whether what a pin names can be used on this host.",
        discussion: """
            Exit status 1 when it cannot. Works beside the process that owns the store.

            EXAMPLES
              sheaf runtime check support-agents@latest

            JSON
              {"pin", "availability": "available", "missing" or "digest_mismatch",
              "reason"}
            """)

    @OptionGroup var pin: PinArgument
    @OptionGroup var store: StoreOptions
    @OptionGroup var output: OutputOptions

    private struct Result: Encodable {
        let pin: String
        let availability: String
        let reason: String?
    }

    func perform(_ console: Console) async throws(SheafError) -> Answer {
        let runtime = try store.open(.reader)
        let pin = try await pin.value(runtime)
        let (state, reason): (String, String?) =
            switch try await runtime.availability(pin) {
            case .available: ("available", nil)
            case .missing(let reason): ("missing", reason)
            case .digestMismatch(let reason): ("digest_mismatch", reason)
            }
        let result = Result(pin: pin.description, availability: state, reason: reason)
        let isAvailable = reason == nil
        try console.show(result) { style in
            let shown = isAvailable ? style.green(state) : style.red(state)
            return "\(shown) \(pin)\n" + (reason.map { "  \(TextStyle.safe($0))\n" } ?? "")
        }
        return isAvailable ? .yes : .no
    }
}
