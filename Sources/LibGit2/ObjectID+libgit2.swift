internal import CLibgit2Shims
internal import Clibgit2

extension ObjectID {
    init(_ oid: git_oid) {
        self.init(high: sheaf_oid_high(oid), middle: sheaf_oid_middle(oid), low: sheaf_oid_low(oid))
    }

    var oid: git_oid { sheaf_oid_make(high, middle, low) }
}
