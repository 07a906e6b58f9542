#!/bin/bash
# Everybody's files with GNU parallel, here on this machine:
#
#   parallel.sh catalog people.csv out 4
#
# On others, which see the same folder under the same path and have `regimen` on theirs:
#
#   PARALLEL="--sshloginfile machines --workdir ." parallel.sh catalog people.csv out 16
#
# It ends as `regimen build` does: with 1 if somebody has an error in their row, and with more if a share could not be built; then nothing is
# joined, and the same command goes on from what is there.
set -u
# What is made and kept is of patients.
umask 077
catalog=$1 people=$2 out=$3 shares=${4:-4}
# The folders of the shares stay: the next build goes on from them, and so do the calendars. Their caches know who has nothing to do, and
# have a secret in them.
work=$out.shares
mkdir -p "$work"
rm -f "$work"/part-*.has-errors

# 1 says that somebody has an error in their row, and that the others are built: those can be joined.
share() {
    umask 077
    regimen build "$1" --people "$2" --shard "$3/$4" --out "$5/part-$3" --cache "$5/cache-$3" --jobs 1
    local code=$?
    [ "$code" -eq 1 ] && : >"$5/part-$3.has-errors"
    [ "$code" -le 1 ]
}
export -f share

# A share that fails is tried once more, on another machine if there is one.
parallel --env share --retries 2 --halt soon,fail=1 share "$catalog" "$people" {} "$shares" "$work" ::: $(seq "$shares") || exit 3
folders=()
for share in $(seq "$shares"); do
    folders+=("$work/part-$share")
done
regimen merge "${folders[@]}" --out "$out" || exit
! compgen -G "$work/part-*.has-errors" >/dev/null
