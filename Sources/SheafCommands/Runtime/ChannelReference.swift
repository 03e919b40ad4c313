internal import BundleModel

/// `bundle@channel`: what a runtime follows.
struct ChannelReference: CustomStringConvertible {
    let bundle: BundleID
    let channel: ChannelID

    /// Reads a reference that names a channel; throws `invalid_request` for any other.
    init(_ text: String) throws(SheafError) {
        let reference = try BundleReference(text)
        guard case .channel(let channel) = reference.selector else {
            throw SheafError(
                .invalidRequest, "'\(DisplayText.escape(text))' names no channel",
                hint: "runtimes follow channels: \(reference.bundle)@latest")
        }
        bundle = reference.bundle
        self.channel = channel
    }

    var description: String { "\(bundle)@\(channel)" }
}
