/// Where a file stops being YAML, or being the part of YAML that is read here.
struct YamlSyntaxError: Error {
    let code: SheafError.Code?
    let rule: String
    let offset: Int
    let message: String
    let hint: String?

    init(
        _ rule: String = "yaml-syntax", at offset: Int, _ message: String, hint: String? = nil,
        code: SheafError.Code? = nil
    ) {
        self.code = code
        self.rule = rule
        self.offset = offset
        self.message = message
        self.hint = hint
    }
}
