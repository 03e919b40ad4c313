internal import BundleModel

/// The texts of a push that are in no file: names of references, messages, identities.
enum PushedText {
    /// What may never stand in such a text.
    static func textFindings(_ text: String, named name: String) -> [Finding] {
        BoundaryScan.findings(inText: text, named: name)
    }
}
