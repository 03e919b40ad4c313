/// A hook of Git that hands its work to `sheaf`.
///
/// The texts are those of the files in `hooks/` at the top of the project.
public enum HookScript: String, CaseIterable, Sendable {
    /// The push gate, before a push is taken.
    case preReceive = "pre-receive"
    /// The guard of the gate: Git refuses every push when it cannot run this one.
    case procReceive = "proc-receive"
    /// The check of what is staged.
    case preCommit = "pre-commit"
    /// The trailers of a commit on a bundle's branch.
    case commitMessage = "commit-msg"

    /// Those of a repository that is pushed to.
    public static let ofRepository: [HookScript] = [.preReceive, .procReceive]
    /// Those of a checkout.
    public static let ofCheckout: [HookScript] = [.preCommit, .commitMessage]

    /// The script; with a program it runs that one, without it the one in `SHEAF` or in `PATH`.
    ///
    /// An installed hook names its program, because what runs it may have another `PATH`, and
    /// because nobody who pushes shall choose it.
    public func text(program: String? = nil) -> String {
        """
        #!/bin/sh
        # \(purpose)
        \(Self.mark). Without sheaf the answer is no.
        sheaf=\(program.map(Self.quoted) ?? "${SHEAF:-sheaf}")
        if ! command -v "$sheaf" >/dev/null 2>&1; then
            echo 'sheaf cannot be run here: \(consequence)' >&2
            echo "hint: install sheaf, then 'sheaf hook install' in this repository" >&2
            exit 1
        fi
        \(self == .procReceive ? Self.readingReceipt : "")exec "$sheaf" hook \(rawValue)\(self == .commitMessage ? #" "$@""# : "")

        """
    }

    /// Most pushes need no other program here: what Git asks for is what the gate wrote down.
    ///
    /// Both hooks of a push are children of one process of Git, which tells both of the same
    /// commands. When the receipt is of that very process, there is nothing to compare: the answer
    /// is given at once, and what Git still says is read to its end, because Git takes a hook that
    /// does not listen for one that failed. That holds while both sides fit into a pipe, or Git
    /// would wait for the hook and the hook for Git.
    ///
    /// Where no process can be told from an earlier one of its number, the words are compared, and
    /// before the answer: what Git has read of it counts, however the hook ends. Requests end with
    /// a flush, so none is the beginning of another, and the script never waits for a byte that Git
    /// does not send: it reads on only while all so far is as the gate wrote it down. What was read
    /// cannot be handed to another program; when the receipt is one of another push, which a
    /// process of the same number left, the answer is no, and with the receipt gone the next push
    /// is judged.
    private static let readingReceipt = #"""
        # What the gate took stands in a receipt, in the words in which Git asks for it.
        receipt=${GIT_DIR:-.}/sheaf.verified/@receipt2.$PPID
        if [ -s "$receipt" ]; then
            { IFS= read -r judged && IFS= read -r taken && IFS= read -r answer; } <"$receipt"
            # Used once, from here on; the next push removes the file.
            : >"$receipt" || exit 1
            IFS= read -r version || exit 1
            case $version in *version=1*) ;; *) exit 1 ;; esac
            printf '000eversion=1\n0000'
            # The process of Git that the gate judged for has the same words for this hook.
            set -f
            { IFS= read -r boot </proc/sys/kernel/random/boot_id &&
                IFS= read -r process <"/proc/$PPID/stat" && set -- ${process##*) }; } 2>/dev/null
            if [ $# -ge 20 ] && [ "$boot/${20}" = "$judged" ] &&
                [ $((${#taken} + ${#answer})) -le 4096 ]; then
                printf '%b' "$answer"
                # Git takes a hook that does not listen for one that failed.
                while read -r rest; do :; done
                exit 0
            fi
            # The flush behind the version, and then what Git asks for: at most what was taken and a flush,
            # in as few reads as the pipe allows, and no more where it differs.
            taken=0000${taken}0000
            asked=
            while [ ${#asked} -lt ${#taken} ]; do
                part=$(dd bs=$((${#taken} - ${#asked})) count=1 2>/dev/null)
                [ -n "$part" ] || break
                asked=$asked$part
                case $taken in "$asked"*) ;; *) break ;; esac
            done
            if [ "$asked" != "$taken" ]; then
                echo 'the push is not the one that was checked, so it is refused' >&2
                echo 'hint: push again' >&2
                exit 1
            fi
            printf '%b' "$answer"
            exit 0
        fi

        """#

    /// How every version of the scripts begins its third line.
    static let mark = "# A hook of Sheaf, written by 'sheaf hook install'"

    private var purpose: String {
        switch self {
        case .preReceive: "Refuses a push unless all that is new in it is in order."
        case .procReceive: "Lets Git move what the push gate took; without it Git refuses a push."
        case .preCommit: "Refuses a commit while a staged bundle is not in order."
        case .commitMessage: "Writes the trailers of a commit on a bundle's branch."
        }
    }

    private var consequence: String {
        switch self {
        case .preReceive, .procReceive: "nothing can be checked, so the push is refused"
        case .preCommit, .commitMessage: "nothing can be checked, so there is no commit"
        }
    }

    /// A word of the shell that is this text, whatever it holds.
    private static func quoted(_ text: String) -> String {
        "'\(text.replacing("'", with: #"'\''"#))'"
    }
}
