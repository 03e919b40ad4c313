package import BundleModel
internal import Foundation
internal import LibGit2

/// The right to write to a runtime's store; it ends with the process, however that ends.
package struct StoreOwnership: ~Copyable, Sendable {
    private let lock: FileLock

    /// Takes the store; throws `store_busy` with who has it.
    package init(store path: String, owner: String) throws(SheafError) {
        let file = "\(path)/owner.lock"
        do {
            guard let lock = try FileLock(path: file, mode: .exclusive) else {
                throw SheafError(
                    .storeBusy, "the store is in use by \(Self.owner(file))",
                    hint: "reads work beside it; try again when it is done")
            }
            lock.note("\(owner)\n")
            self.lock = lock
        } catch let error as SheafError {
            throw error
        } catch let error as FileSystemError {
            throw SheafError(error, "the store's lock")
        } catch {
            throw SheafError(.ioError, "the store's lock cannot be taken")
        }
    }

    private static func owner(_ file: String) -> String {
        guard let bytes = try? FileContents.read(path: file, maximumBytes: 4096) else {
            return "another process"
        }
        let text = String(decoding: bytes, as: UTF8.self)
        let line = text.split(separator: "\n").first.map(String.init) ?? "another process"
        return DisplayText.escape(line)
    }
}
