/// The rules by their ids in `boundary-rules.json`.
enum HostPathKind: String, CaseIterable, Sendable {
    case absolute = "path-absolute"
    case home = "path-home"
    case variable = "path-variable"
    case windows = "path-windows"
    case socket = "path-socket"
    case session = "path-session"
    case temporary = "path-temporary"
    case cache = "path-cache"
    case mount = "path-mount"
    case url = "path-url"
    case escape = "path-escape"
}
