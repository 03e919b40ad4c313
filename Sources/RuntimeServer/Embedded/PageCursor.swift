internal import BundleModel
internal import WorkerRuntime

/// Where a part of a list ended, as a text that needs no escaping in a URL.
///
/// Nothing about it is promised but that it can be given back.
enum PageCursor {
    /// How many there are at most in a part; throws `invalid_request`.
    static func limit(_ limit: Int?) throws(SheafError) -> Int {
        let limit = limit ?? 100
        guard (1...1000).contains(limit) else {
            throw SheafError(
                .invalidRequest, "a part of a list has 1 to 1000 entries",
                details: ["parameter": "limit"])
        }
        return limit
    }

    /// The place behind a channel.
    static func text(_ status: ChannelStatus) -> String {
        "\(status.workspace)~\(status.bundle)~\(status.channel)"
    }

    /// The names of a channel; throws `invalid_request`.
    static func names(_ text: String) throws(SheafError) -> [String] {
        let names = text.split(separator: "~", omittingEmptySubsequences: false).map(String.init)
        guard names.count == 3, (try? WorkspaceID(names[0])) != nil,
            (try? BundleID(names[1])) != nil, (try? ChannelID(names[2])) != nil
        else { throw malformed }
        return names
    }

    /// The place behind a worker: the digits of its time, and its id.
    static func text(_ place: WorkerSelection.Place) -> String {
        "\(place.createdAt.filter(\.isNumber))~\(place.id)"
    }

    /// A worker's place; throws `invalid_request`.
    static func place(_ text: String) throws(SheafError) -> WorkerSelection.Place {
        let parts = text.split(separator: "~", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, (try? WorkerID(parts[1])) != nil, parts[0].utf8.count == 17,
            parts[0].utf8.allSatisfy({ (0x30...0x39).contains($0) })
        else { throw malformed }
        // As the database writes it: 2026-11-22 09:00:00.250
        var time = ""
        for (index, digit) in parts[0].enumerated() {
            time += [4: "-", 6: "-", 8: " ", 10: ":", 12: ":", 14: "."][index] ?? ""
            time.append(digit)
        }
        return WorkerSelection.Place(createdAt: time, id: parts[1])
    }

    private static var malformed: SheafError {
        SheafError(
            .invalidRequest, "this is no place in the list",
            details: ["parameter": "after"], hint: "give 'next' of the part before")
    }
}
