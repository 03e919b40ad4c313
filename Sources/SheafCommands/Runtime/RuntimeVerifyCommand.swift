internal import ArgumentParser
internal import BundleModel
internal import BundleRepository
internal import WorkerRuntime

/// `sheaf runtime verify`: verifies what this host holds anew.
struct RuntimeVerifyCommand: Verb {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Verify what a pin names anew, from the raw objects on this host.",
        discussion: """
            It proves that the contents are the ones named. It does not prove who made them: a \
            digest is integrity, not authenticity.

            EXAMPLES
              sheaf runtime verify support-agents@latest

            JSON
              {"pin", "release": {...}}; a release is as in 'sheaf channel list'
            """)

    @OptionGroup var pin: PinArgument
    @OptionGroup var store: StoreOptions
    @OptionGroup var output: OutputOptions

    private struct Result: Encodable {
        let pin: String
        let release: ReleaseView
    }

    func perform(_ console: Console) async throws(SheafError) -> Answer {
        let runtime = try store.open(.reader)
        let pin = try await pin.value(runtime)
        let release = try await console.during("verifying \(pin.bundle)") {
            () async throws(SheafError) in try await runtime.verify(pin)
        }
        let result = Result(pin: pin.description, release: ReleaseView(release))
        try console.show(result) { style in
            "\(style.green("verified:")) \(pin)\n"
                + "  release \(release.sequence) of \(release.channel), revision "
                + "\(release.provenance.revision.revision)\n"
        }
        return .yes
    }
}
