internal import BundleModel
internal import Foundation
internal import LibGit2

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// What the gate took, in the very words in which Git will ask the proc-receive hook for it.
///
/// The hook is a shell script that starts no other program of Sheaf when it finds a receipt: it
/// compares what Git says with it, byte for byte, and gives the answer that stands there. A receipt
/// holds the old and new commits, so it is true of nothing but the push that was judged; without
/// one the hook asks the gate again. It is found by the process that runs both hooks.
///
/// Three lines: the bytes that Git sends, what they are, and the answer with `\n` for line breaks.
/// Source: githooks(5), proc-receive; gitprotocol-common(5), pkt-line.
package struct PushReceipt {
    private static let oldAfter: TimeInterval = 600

    private let text: String

    /// A receipt for a push of which every reference may move by itself.
    init(_ updates: [RefUpdate]) {
        var asked = ""
        var answer = ""
        for update in updates {
            let none = String(repeating: "0", count: 40)
            asked += Self.packet(
                "\(update.old?.hex ?? none) \(update.new?.hex ?? none) \(update.name)")
            answer += Self.packet("ok \(update.name)\n") + Self.packet("option fall-through\n")
        }
        asked += "0000"
        text =
            "\(asked.utf8.count)\n\(asked)\n"
            + (answer + "0000").replacing("\n", with: "\\n") + "\n"
    }

    /// Leaves the receipt in a repository for the process that started this one, and removes those
    /// that nobody came for. A failure is none of the push, which then is judged twice.
    func leave(in directory: String) {
        let folder = directory + VerifiedRevisions.folder
        let manager = FileManager.default
        try? manager.createDirectory(atPath: folder, withIntermediateDirectories: true)
        for name in (try? manager.contentsOfDirectory(atPath: folder)) ?? []
        where name.hasPrefix(Self.prefix) {
            let file = "\(folder)/\(name)"
            let changed = (try? manager.attributesOfItem(atPath: file))?[.modificationDate] as? Date
            if let changed, Date.now.timeIntervalSince(changed) > Self.oldAfter {
                try? manager.removeItem(atPath: file)
            }
        }
        try? FileContents.replace(
            Array(text.utf8), at: "\(folder)/\(Self.prefix)\(getppid())")
    }

    /// No bundle has such a name.
    private static let prefix = "@receipt."

    private static func packet(_ line: String) -> String {
        let length = String(line.utf8.count + 4, radix: 16)
        return String(repeating: "0", count: 4 - length.count) + length + line
    }
}
