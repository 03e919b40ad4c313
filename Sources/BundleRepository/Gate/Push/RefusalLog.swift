internal import BundleModel

/// Collects everything that is wrong with a push, so that one try shows all of it.
final class RefusalLog {
    private(set) var refusals: [PushRefusal] = []

    /// What a commit follows.
    enum Previous<Value> {
        case none
        case known(Value)
        /// There is something, and it was refused already.
        case unreadable
    }

    /// Does one step of the check; nil when it was refused.
    @discardableResult
    func attempt<Value>(
        _ name: String, _ commit: CommitID?, _ step: () throws(SheafError) -> Value
    ) -> Value? {
        do throws(SheafError) {
            return try step()
        } catch {
            refuse(name, commit, error)
            return nil
        }
    }

    /// Reads what a branch has now, which the first new commit follows.
    func previous<Value>(
        _ name: String, _ read: () throws(SheafError) -> Value
    ) -> Previous<Value> {
        do throws(SheafError) {
            return .known(try read())
        } catch {
            let advice = "the branch itself is not in order: 'sheaf verify' shows it there"
            refuse(name, nil, error.hinting(at: advice))
            return .unreadable
        }
    }

    func refuse(_ name: String?, _ commit: CommitID?, _ error: SheafError) {
        refusals.append(PushRefusal(reference: name, commit: commit, error: error))
    }
}

extension SheafError {
    /// The same with another advice.
    func hinting(at hint: String) -> SheafError {
        SheafError(code, message, details: details, hint: hint, findings: findings)
    }
}
