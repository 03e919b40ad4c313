extension ChannelID {
    /// The channel that publishing releases to unless told otherwise.
    public static let latest = ChannelID(known: "latest")

    private init(known text: StaticString) {
        rawValue = text.description
    }
}
