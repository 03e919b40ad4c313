internal import BundleModel

/// What `git push --atomic --porcelain` says of a push that was not taken.
///
/// Source: git-push(1), "Output": a line `flag TAB from:to TAB summary (reason)` for each reference.
struct PushAnswer {
    /// Somebody else moved a branch first.
    let isConflict: Bool
    /// The refusal; nil when the push broke off without one.
    let refusal: SheafError?

    init(_ output: GitProgram.Output) {
        let reasons = Self.reasons(output.standardOutput)
        let remarks = Self.remarks(output.standardError)
        let gate = GateRefusal(remarks)
        let isRejected = !reasons.isEmpty
        isConflict =
            gate == nil
            && reasons.contains { reason in Self.conflicts.contains { reason.contains($0) } }
        guard isRejected, !isConflict else {
            refusal = nil
            return
        }
        refusal = gate?.error ?? Self.typed(reasons) ?? Self.foreign(reasons, remarks)
    }

    /// Git's words for a branch that is not where it was expected, here and at the other side.
    private static let conflicts = [
        "stale info", "fetch first", "non-fast-forward", "incorrect old value provided",
        "failed to update ref", "failed to lock", "cannot lock ref", "reference already exists",
    ]

    /// What only follows from another reference's refusal.
    private static let consequences = ["atomic push failed", "atomic transaction failed"]

    private static func reasons(_ bytes: [UInt8]) -> [String] {
        let all = bytes.split(separator: 0x0A).compactMap { line -> String? in
            let parts = String(decoding: line, as: UTF8.self).split(separator: "\t")
            guard parts.count == 3, parts[0] == "!",
                let open = parts[2].firstIndex(of: "("), parts[2].hasSuffix(")")
            else { return nil }
            return String(parts[2][parts[2].index(after: open)...].dropLast())
        }
        let causes = all.filter { reason in
            !consequences.contains { reason.hasPrefix($0) }
        }
        return causes.isEmpty ? all : causes
    }

    /// What the other side wrote, line by line; Git prefixes it.
    private static func remarks(_ text: String) -> [String] {
        text.split(whereSeparator: \.isNewline).compactMap { line in
            guard line.hasPrefix("remote:") else { return nil }
            var remark = line.dropFirst("remote:".count)
            if remark.first == " " { remark = remark.dropFirst() }
            while remark.last?.isWhitespace == true { remark = remark.dropLast() }
            return String(remark)
        }
    }

    /// `code: message`, as our gate and our server give a reason for one reference.
    private static func typed(_ reasons: [String]) -> SheafError? {
        for reason in reasons {
            guard let colon = reason.firstRange(of: ": "),
                let code = SheafError.Code(rawValue: String(reason[..<colon.lowerBound]))
            else { continue }
            let message = DisplayText.escape(String(reason[colon.upperBound...]))
            let isAboutCaller = code == .forbidden || code == .unauthorized
            return SheafError(
                isAboutCaller ? .remoteUnauthorized : code, "the repository refuses: \(message)",
                hint: isAboutCaller ? "ask whoever runs the server for a token that may" : nil)
        }
        return nil
    }

    /// The refusal of a host or a hook that is not ours: a protected branch, a rule of its own.
    private static func foreign(_ reasons: [String], _ remarks: [String]) -> SheafError {
        let words = remarks.filter { !$0.isEmpty }.prefix(8).joined(separator: "; ")
        let reason = reasons.first ?? "no reason is given"
        return SheafError(
            .remoteUnauthorized,
            "the repository refuses the push: "
                + DisplayText.escape(String(reason.prefix(300))),
            details: words.isEmpty
                ? [:] : ["remote": DisplayText.escape(String(words.prefix(1000)))],
            hint:
                "a protected branch, or a rule of the host: whoever publishes needs leave to push "
                + "to the branches below 'bundles/' and 'channels/'")
    }
}
