/// What looks at the values of one file remember for those that follow.
struct ScanMemory {
    /// What the keys around values say of them.
    var meanings = KeyMemory<KeyVocabulary.Meaning?>()
    /// What the looks at the texts of values remember.
    var written = TextMemory()
    /// What keys say of paths.
    var facts = KeyMemory<KeyFacts>()
}
