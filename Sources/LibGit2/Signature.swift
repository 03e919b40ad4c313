/// Who did something to a commit, and when: `Name <mail> 1700000000 +0100`.
package struct Signature: Hashable, Sendable {
    package var name: String
    package var email: String

    /// Since the epoch.
    package var seconds: Int64

    /// East of UTC.
    package var offsetMinutes: Int {
        didSet { storedZone = nil }
    }

    /// The zone as it was read, where Git itself would have written the offset otherwise: `-0000`,
    /// `+0060`, `+9999`.
    private var storedZone: String?

    package init(name: String, email: String, seconds: Int64, offsetMinutes: Int) {
        self.name = name
        self.email = email
        self.seconds = seconds
        self.offsetMinutes = offsetMinutes
    }

    /// The form in a commit's header.
    package var header: String {
        "\(name) <\(email)> \(seconds) \(storedZone ?? Self.zone(offsetMinutes))"
    }

    private static func zone(_ minutes: Int) -> String {
        let distance = abs(minutes)
        let digits = String(distance / 60 * 100 + distance % 60)
        let padding = String(repeating: "0", count: max(0, 4 - digits.count))
        return (minutes < 0 ? "-" : "+") + padding + digits
    }

    /// Reads the form in a commit's header, or gives nil when it breaks a rule of `git fsck`.
    ///
    /// Neither name nor mail holds `<`, `>` or a line break, one space stands between the parts, the
    /// date has no sign and no leading zero, and the zone is a sign and four digits. What was read
    /// is written back the same.
    package init?(header: some StringProtocol) {
        // By bytes, as Git reads: to Swift, a bracket and an accent behind it are one character.
        let bytes = Array(header.utf8)
        guard !bytes.contains(where: { $0 == 0 || $0 == UInt8(ascii: "\n") }),
            let opening = bytes.firstIndex(where: Self.isBracket),
            bytes[opening] == UInt8(ascii: "<"), bytes[..<opening].last == UInt8(ascii: " ")
        else { return nil }
        let behind = bytes[bytes.index(after: opening)...]
        guard let closing = behind.firstIndex(where: Self.isBracket),
            behind[closing] == UInt8(ascii: ">")
        else { return nil }
        let parts = behind[behind.index(after: closing)...]
            .split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
        guard parts.count == 3, parts[0].isEmpty, let seconds = Self.date(parts[1]),
            let minutes = Self.offset(parts[2])
        else { return nil }
        self.init(
            name: String(decoding: bytes[..<opening].dropLast(), as: UTF8.self),
            email: String(decoding: behind[..<closing], as: UTF8.self), seconds: seconds,
            offsetMinutes: minutes)
        if Self.zone(minutes) != parts[2] { storedZone = parts[2] }
    }

    private static func isBracket(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "<") || byte == UInt8(ascii: ">")
    }

    private static func date(_ text: some StringProtocol) -> Int64? {
        guard text == "0" || !text.hasPrefix("0"), isDigits(text) else { return nil }
        return Int64(text)
    }

    private static func offset(_ text: some StringProtocol) -> Int? {
        guard text.utf8.count == 5, let sign = text.first, sign == "+" || sign == "-" else {
            return nil
        }
        let digits = text.dropFirst()
        guard isDigits(digits), let value = Int(digits) else { return nil }
        let minutes = value / 100 * 60 + value % 100
        return sign == "-" ? -minutes : minutes
    }

    private static func isDigits(_ text: some StringProtocol) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }
}
