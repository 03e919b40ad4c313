/// A command or statement that takes a credential which no word names.
struct CommandRule: Sendable {
    /// What leads to it, in lower case; without a flag the credential follows it.
    let command: String
    /// The flag behind the command, on the same line, that the credential follows.
    let flag: String?
    /// The sign behind which the password starts, as the colon of `user:password`.
    let behind: String?
    /// A command line that is refused.
    let match: String
    /// One that is accepted.
    let noMatch: String

    init(_ value: RulesValue) throws(RulesValue.Problem) {
        command = try value.text("command")
        flag = try value.optionalText("flag")
        behind = try value.optionalText("behind")
        match = try value.text("match")
        noMatch = try value.text("noMatch")
    }
}
