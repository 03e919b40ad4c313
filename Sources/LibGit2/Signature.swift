/// Who did something to a commit, and when: `Name <mail> 1700000000 +0100`.
package struct Signature: Hashable, Sendable {
    package var name: String
    package var email: String

    /// Since the epoch.
    package var seconds: Int64

    /// East of UTC.
    package var offsetMinutes: Int

    package init(name: String, email: String, seconds: Int64, offsetMinutes: Int) {
        self.name = name
        self.email = email
        self.seconds = seconds
        self.offsetMinutes = offsetMinutes
    }

    /// The form in a commit's header.
    package var header: String {
        let distance = abs(offsetMinutes)
        let zone = distance / 60 * 100 + distance % 60
        let digits = String(zone)
        let padding = String(repeating: "0", count: max(0, 4 - digits.count))
        return "\(name) <\(email)> \(seconds) \(offsetMinutes < 0 ? "-" : "+")\(padding)\(digits)"
    }

    /// Reads the form in a commit's header, or gives nil when it breaks a rule of `git fsck`.
    ///
    /// Neither name nor mail holds `<`, `>` or a line break, one space stands between the parts, the
    /// date has no sign and no leading zero, and the zone is a sign and four digits.
    package init?(header: some StringProtocol) {
        guard let opening = header.firstIndex(of: "<"),
            let closing = header[opening...].firstIndex(of: ">")
        else { return nil }
        let name = header[..<opening]
        let email = header[header.index(after: opening)..<closing]
        guard name.hasSuffix(" "), !name.contains(">"), !email.contains("<") else { return nil }
        let parts = header[header.index(after: closing)...]
            .split(separator: " ", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].isEmpty, let seconds = Self.date(parts[1]),
            let minutes = Self.zone(parts[2]),
            !header.utf8.contains(where: { $0 == 0 || $0 == UInt8(ascii: "\n") })
        else { return nil }
        self.init(
            name: String(name.dropLast()), email: String(email), seconds: seconds,
            offsetMinutes: minutes)
    }

    private static func date(_ text: some StringProtocol) -> Int64? {
        guard text == "0" || !text.hasPrefix("0"), isDigits(text) else { return nil }
        return Int64(text)
    }

    private static func zone(_ text: some StringProtocol) -> Int? {
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
