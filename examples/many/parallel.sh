#!/usr/bin/env bash
# A list of paths to lines on every core with GNU parallel: examples/many/parallel.sh LIST OUT [FLAG...]
#
# `hardlegs batch --threads N - < LIST` does the same on one machine. This one goes on where it
# was stopped, survives a file that kills the program, and with PARALLEL='--sshloginfile hosts'
# uses machines that share their disks. OUT is a line of JSON a path, in no order.
set -euo pipefail
list=$1 out=$2
shift 2
hardlegs=${HARDLEGS:-hardlegs}
here=$(dirname "$0")
touch "$out"
for size in 500 1; do
    todo=$(mktemp)
    "$here/missing" "$list" "$out" > "$todo"
    # what dies is done again, a path at a time; exit codes are not what counts
    parallel --pipe -N "$size" --quote "$hardlegs" batch - "$@" < "$todo" >> "$out" || true
    rm "$todo"
done
left=$("$here/missing" "$list" "$out")
[ -z "$left" ] || { printf 'no answer for %s\n' "$left" >&2; exit 1; }
