/// What looks at the values of one file remember for those that follow.
struct ScanMemory {
    /// What the keys around values say of them.
    var meanings = KeyMemory<KeyVocabulary.Meaning?>()
    /// What the keys say that stand in running text.
    var written = KeyMemory<KeyVocabulary.Meaning?>()
    /// What keys say of paths.
    var facts = KeyMemory<KeyFacts>()
}
