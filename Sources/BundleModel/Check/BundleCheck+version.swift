extension BundleCheck {
    /// The version of the rules, one more whenever they refuse something that they took before.
    ///
    /// Hosts remember with it what they verified.
    public static let rulesVersion = 6
}
