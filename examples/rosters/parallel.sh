#!/bin/bash
# Everybody's files with GNU parallel, here on this machine. With `--sshloginfile machines --workdir .` it uses others that see the same
# folder.
#
#   parallel.sh catalog people.csv out 4
set -u
catalog=$1 people=$2 out=$3 shares=${4:-4}
# The folders of the shares stay: the next build goes on from them, and so do the calendars.
work=$out.shares
mkdir -p "$work"

# 1 says that somebody has an error in their row, and that the others are built: those can be joined.
share() {
    regimen build "$1" --people "$2" --shard "$3/$4" --out "$5/part-$3" --jobs 1 --no-cache
    local code=$?
    [ "$code" -le 1 ]
}
export -f share

parallel --halt soon,fail=1 share "$catalog" "$people" {} "$shares" "$work" ::: $(seq "$shares") || exit
folders=()
for share in $(seq "$shares"); do
    folders+=("$work/part-$share")
done
regimen merge "${folders[@]}" --out "$out"
