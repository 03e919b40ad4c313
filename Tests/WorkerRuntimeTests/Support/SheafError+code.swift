import BundleModel
import Testing

/// Runs a body that must throw a ``SheafError`` with this code, and returns it.
@discardableResult
func failing(
    _ code: SheafError.Code, sourceLocation: SourceLocation = #_sourceLocation,
    isolation: isolated (any Actor)? = #isolation, _ body: () async throws -> some Any
) async -> SheafError? {
    do {
        let value = try await body()
        Issue.record("gave \(value) instead of \(code.rawValue)", sourceLocation: sourceLocation)
    } catch let error as SheafError {
        if error.code != code {
            Issue.record("\(error), not \(code.rawValue)", sourceLocation: sourceLocation)
        }
        return error
    } catch {
        Issue.record("\(error)", sourceLocation: sourceLocation)
    }
    return nil
}
