/// Lends an array of C strings, and a null pointer behind them, for as long as `body` runs.
func withCStrings<Result>(
    _ texts: [String], _ body: (UnsafeBufferPointer<UnsafePointer<CChar>?>) -> Result
) -> Result {
    let sizes = texts.map { $0.utf8.count + 1 }
    let bytes: [CChar] = Array(texts.map { Array($0.utf8CString) }.joined())
    return unsafe bytes.withUnsafeBufferPointer { buffer in
        var position = 0
        var starts: [UnsafePointer<CChar>?] = unsafe []
        for size in sizes {
            unsafe starts.append(buffer.baseAddress.map { unsafe $0 + position })
            position += size
        }
        unsafe starts.append(nil)
        return unsafe starts.withUnsafeBufferPointer { unsafe body($0) }
    }
}
