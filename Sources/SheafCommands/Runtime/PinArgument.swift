internal import ArgumentParser
internal import BundleModel
internal import WorkerRuntime

/// A pin, given whole or as the release in service on a channel.
struct PinArgument: ParsableArguments {
    @Argument(
        help: ArgumentHelp(
            "A pin, workspace/bundle@<commit>@sha256:<digest>, or what is in service on a channel.",
            valueName: "pin|bundle@channel"))
    var pin: String

    @OptionGroup var workspace: WorkspaceOption

    /// The pin; throws `invalid_request`, `bundle_missing`.
    func value(_ runtime: WorkerRuntime) async throws(SheafError) -> ConfigBundleRef {
        if pin.contains("/") { return try ConfigBundleRef(pin) }
        let reference = try ChannelReference(pin)
        return try await runtime.pin(
            reference.bundle, on: reference.channel, workspace: try workspace.value())
    }
}
