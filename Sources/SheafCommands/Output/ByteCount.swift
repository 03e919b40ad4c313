/// A number of bytes for people.
enum ByteCount {
    private static let units = ["KiB", "MiB", "GiB"]

    /// `512 bytes`, `4.5 KiB`, `12.0 MiB`.
    static func text(_ bytes: Int) -> String {
        if bytes < 1024 { return bytes == 1 ? "1 byte" : "\(bytes) bytes" }
        var tenths = bytes * 10 / 1024
        var unit = 0
        while tenths >= 10240, unit < units.count - 1 {
            tenths /= 1024
            unit += 1
        }
        return "\(tenths / 10).\(tenths % 10) \(units[unit])"
    }
}

/// A number with its noun.
enum Count {
    /// `1 file`, `12 files`.
    static func text(_ number: Int, _ noun: String) -> String {
        number == 1 ? "1 \(noun)" : "\(number) \(noun)s"
    }
}
