extension RawCommit {
    /// The bytes of the commit object.
    package func encode() -> [UInt8] {
        var text = "tree \(tree)\n"
        for parent in parents { text += "parent \(parent)\n" }
        text += "author \(author.header)\ncommitter \(committer.header)\n"
        var bytes = Array(text.utf8)
        for header in headers {
            bytes.append(contentsOf: header.name.utf8)
            bytes.append(UInt8(ascii: " "))
            for byte in header.bytes {
                bytes.append(byte)
                if byte == UInt8(ascii: "\n") { bytes.append(UInt8(ascii: " ")) }
            }
            bytes.append(UInt8(ascii: "\n"))
        }
        bytes.append(UInt8(ascii: "\n"))
        bytes.append(contentsOf: message)
        return bytes
    }
}
