internal import BundleModel
internal import BundleRepository
internal import Foundation

/// What a grant stands for on this host: looked for at preflight, and read at a start.
///
/// One function decides for both, so that a preflight says what a start would; only what can be seen
/// in no other way than by reading (that a secret is text, and not only an end of line) is decided at
/// the start alone. What is said has no path and no value.
struct GrantedResource {
    static let maximumSecret = 1 << 16

    let granted: PolicyDecision.Granted
    /// The variables of the host that secrets may be in.
    let host: [String: String]

    /// What was found.
    enum Found {
        /// It is there, and nothing has to be given to the engine in a variable.
        case nothing
        /// It is there: the value of the variable.
        case value(String)
        /// Why the worker cannot get it.
        case problem(String)
    }

    /// Why a worker could not get it; nil when nothing speaks against it. Reads no secret.
    func look() -> String? {
        switch granted.rule.resource {
        case .secretFromEnvironment(let name):
            host[name]?.isEmpty == false
                ? nil : "the runtime has no such variable in its environment"
        case .secretFromFile(let path): Self.look(at: path)
        case .mount(let path, _):
            // Only a directory has this entry.
            FileManager.default.fileExists(atPath: "\(path)/.")
                ? nil : "the directory is not there"
        case .network, .shell, .git, .capability: nil
        }
    }

    /// Takes it for a start: a secret is read, if its declaration says where it goes.
    func take() -> Found {
        if let problem = look() { return .problem(problem) }
        switch granted.rule.resource {
        case .mount(let path, _): return .value(path)
        case .secretFromEnvironment(let name):
            return isExposed ? Self.value(host[name] ?? "") : .nothing
        case .secretFromFile(let path): return isExposed ? Self.read(path) : .nothing
        case .network, .shell, .git, .capability: return .nothing
        }
    }

    /// A secret goes where its declaration says, and nowhere when it does not say.
    private var isExposed: Bool { EngineVariable.name(of: granted.declaration) != nil }

    private static func look(at path: String) -> String? {
        let files = FileManager.default
        guard files.fileExists(atPath: path) else { return "the file is not there" }
        let place = URL(filePath: path).resolvingSymlinksInPath().path(percentEncoded: false)
        guard let attributes = try? files.attributesOfItem(atPath: place) else {
            return "the file cannot be read"
        }
        switch attributes[.type] as? FileAttributeType {
        case .typeRegular?: break
        case .typeDirectory?: return "there is a directory in the place of the file"
        default: return "there is something else in the place of the file"
        }
        let size = (attributes[.size] as? NSNumber)?.intValue ?? 0
        if size == 0 { return "the file is empty" }
        if size > maximumSecret { return "the file is over \(maximumSecret) bytes" }
        return files.isReadableFile(atPath: path) ? nil : "the file cannot be read"
    }

    private static func read(_ path: String) -> Found {
        do throws(SheafError) {
            guard let file = try HostOwnedFile.read(path, maximumBytes: maximumSecret) else {
                return .problem("the file is not there")
            }
            guard var value = String(validating: file.bytes, as: UTF8.self) else {
                return .problem("the file is not text")
            }
            while value.utf8.last == 0x0A || value.utf8.last == 0x0D {
                value.unicodeScalars.removeLast()
            }
            return value.isEmpty ? .problem("the file is empty") : Self.value(value)
        } catch {
            return .problem(
                error.code == .limitExceeded
                    ? "the file is over \(maximumSecret) bytes" : "the file cannot be read")
        }
    }

    private static func value(_ text: String) -> Found {
        text.utf8.contains(0) ? .problem("the value has a NUL") : .value(text)
    }
}
