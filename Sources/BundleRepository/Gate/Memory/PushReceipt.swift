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
/// gives the answer that stands there to the process of Git that the push was judged for, and to
/// another one of its number only after comparing what that one says with it, byte for byte. A
/// receipt holds the old and new commits, so it is true of nothing but the push that was judged;
/// without one the hook asks the gate again. It is found by the number of the process that runs
/// both hooks, and is used once: the script empties it, and the next push removes it; so does the
/// next pre-receive hook of a process of that number.
///
/// Three lines: the process as ``ProcessStart`` tells it from others, empty where it cannot; the
/// packets that Git sends; and the answer with `\n` for line breaks.
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
        let process = ProcessStart.mark(of: getppid()) ?? ""
        text = "\(process)\n\(asked)\n" + (answer + "0000").replacing("\n", with: "\\n") + "\n"
    }

    /// Leaves the receipt for the process that started this one, and removes those that were used
    /// and those that nobody came for. A failure is none of the push, which then is judged twice.
    func leave(in folder: GateFolder) {
        for file in folder.files(beginningWith: Self.prefix) where Self.isOver(file) {
            try? FileManager.default.removeItem(atPath: file)
        }
        folder.write(Array(text.utf8), named: Self.own)
    }

    /// Removes what an earlier push of a process of the same number left.
    ///
    /// Throws `io_error` when it is there and stays, because it would be taken for one of this push.
    static func clear(_ folder: GateFolder) throws(SheafError) {
        let file = folder.file(own)
        guard FileManager.default.fileExists(atPath: file) else { return }
        do {
            try FileManager.default.removeItem(atPath: file)
        } catch {
            throw SheafError(.ioError, "the receipt of an earlier push cannot be removed")
        }
    }

    private static var own: String { "\(prefix)\(getppid())" }

    /// Whether a receipt is empty, which says that it was used, or old.
    private static func isOver(_ file: String) -> Bool {
        // What cannot be examined is left alone.
        guard let (size, time) = try? FileContents.sizeAndTime(path: file) else { return false }
        return size == 0 || Date.now.timeIntervalSince1970 - Double(time) > oldAfter
    }

    /// No bundle has such a name. The number is that of the file's form: a hook of another version
    /// finds no receipt, and asks the program.
    private static let prefix = "@receipt2."

    private static func packet(_ line: String) -> String {
        let length = String(line.utf8.count + 4, radix: 16)
        return String(repeating: "0", count: 4 - length.count) + length + line
    }
}
