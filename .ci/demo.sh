#!/usr/bin/env bash
# The path of a bundle, shown with real commands in a directory of its own that is removed at the
# end: nothing of the user's is read or changed.
#   .ci/demo.sh SHEAF
set -euo pipefail
cd "$(dirname "$0")/.."

root=$PWD
program=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
work=$(mktemp -d "${TMPDIR:-/tmp}/sheaf-demo.XXXXXX")
trap 'rm -rf "$work"' EXIT

mkdir "$work/bin" "$work/home"
ln -s "$program" "$work/bin/sheaf"
export PATH="$work/bin:$PATH" HOME="$work/home"
export GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=/dev/null
export GIT_AUTHOR_NAME=Demo GIT_AUTHOR_EMAIL=demo@example.com
export GIT_COMMITTER_NAME=Demo GIT_COMMITTER_EMAIL=demo@example.com
unset XDG_CONFIG_HOME XDG_DATA_HOME XDG_STATE_HOME XDG_CACHE_HOME
unset SHEAF_REPOSITORY SHEAF_STORE
cd "$work"

say() { printf '\n# %s\n' "$*"; }
refused() {
    printf '$ %s\n' "$*"
    if "$@"; then
        echo 'this was to be refused' >&2
        exit 1
    fi
}
show() {
    printf '$ %s\n' "$*"
    "$@"
}

say 'A directory of Markdown agents becomes a bundle'
show sheaf new imported --import "$root/fixtures/agents"
show sheaf check imported

say 'A bundle is a directory; publishing it makes a revision and a release of it'
cp -R "$root/fixtures/bundles/support-agents" agents
show sheaf check agents
show sheaf publish agents -m 'first'
printf '\nAnswer in the language of the ticket.\n' >>agents/README.md
show sheaf publish agents -m 'answer in the language of the ticket'
show sheaf log support-agents
show sheaf diff support-agents@1 support-agents@2

say 'A secret gets in at no door: not at publish, not with plain Git'
printf 'tracker:\n  password: hunter2\n' >agents/assets/tracker.yaml
refused sheaf publish agents -m 'the tracker'
rm agents/assets/tracker.yaml
show git clone --quiet "$HOME/.local/share/sheaf/repository.git" work
show sheaf hook install --checkout work
printf 'tracker:\n  password: hunter2\n' >work/assets/tracker.yaml
git -C work add -A
refused git -C work commit --quiet -m 'the tracker'
git -C work -c core.hooksPath=/dev/null commit --quiet -m 'the tracker'
(cd work && show sheaf stamp)
refused git -C work push --quiet origin HEAD
git -C work reset --quiet --hard HEAD~1
printf '\nClose what is solved.\n' >>work/README.md
show git -C work commit --quiet --all -m 'say what to close'
show git -C work push --quiet origin HEAD
show sheaf channel release support-agents latest --reason 'reviewed'

say 'A runtime takes the release and verifies it; its own policy has the last word'
show sheaf runtime sync support-agents@latest
refused sheaf worker create --profile coder --bundle support-agents@latest \
    --input 'look at ticket 12'

say 'Where each value of a profile comes from, and what this host would say to it'
show sheaf explain support-agents@latest coder
refused sheaf runtime preflight support-agents@latest --profile coder

say 'The owner of the host grants what the profile asks for, and names a program for its engine'
mkdir checkout handbook
echo 'ticket 12 is about a slow page' >checkout/note.txt
printf 'not-a-real-key\n' >model-key
sed -e "s|/srv/sheaf/acme.git|$HOME/.local/share/sheaf/repository.git|" \
    -e "s|/srv/checkouts/desk|$PWD/checkout|" -e "s|/srv/handbook|$PWD/handbook|" \
    -e "s|/run/secrets/model-key|$PWD/model-key|" \
    -e "s|\[/usr/bin/claude, --print\]|[$root/fixtures/engines/desk.sh]|" \
    "$root/fixtures/policies/support-desk.yaml" >"$HOME/.local/state/sheaf/runtime/host-policy.yaml"
export TRACKER_TOKEN=not-a-real-token
show sheaf runtime preflight support-agents@latest --profile coder
show sheaf worker create --profile coder --bundle support-agents@latest --id ticket-12 \
    --input 'look at ticket 12'
show sheaf worker logs ticket-12 | tail -n 5
show sheaf worker create --profile builtin:reviewer --input 'read the change of ticket 12'
show sheaf worker list

say 'What is in service, and the same release on a host without a network'
show sheaf runtime status
show sheaf runtime gc
show sheaf runtime export support-agents@latest stick.bundle
show git -C work bundle verify --quiet "$PWD/stick.bundle"
mkdir -m 700 far
cp "$HOME/.local/state/sheaf/runtime/host-policy.yaml" far
show sheaf runtime import stick.bundle --store far

collection=$root/../shared/corpora/agents-history.bundle
if [ -f "$collection" ]; then
    say 'A real collection, its whole history replayed as revisions of one bundle'
    git clone --quiet "$collection" collection
    count=0
    for commit in $(git -C collection rev-list --reverse HEAD); do
        git -C collection -c advice.detachedHead=false checkout --quiet "$commit"
        rm -rf replayed
        sheaf new replayed --import collection >/dev/null
        sheaf publish replayed -m "$(git -C collection log -1 --format=%s)" >/dev/null
        count=$((count + 1))
    done
    echo "$count commits imported and published"
    show sheaf log replayed
    show sheaf runtime sync replayed@latest
    show sheaf worker create --profile prompt-engineer --bundle replayed@latest \
        --input 'explain the release of a bundle'
fi
