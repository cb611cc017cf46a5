#!/usr/bin/env bash
#SBATCH --job-name=hardlegs --cpus-per-task=1 --mem=1G --time=01:00:00
# A list of paths to lines by a Slurm array: sbatch --array=0-99 examples/many/slurm.sh LIST OUT [FLAG...]
#
# Each task takes its hundredth of LIST and writes OUT/ID.jsonl, whole or not at all; a task that is
# there is not done again, so the same command goes on where it was stopped. Then
# `examples/many/missing LIST OUT/*.jsonl` must print nothing.
set -euo pipefail
list=$1 out=$2
shift 2
task=$((SLURM_ARRAY_TASK_ID - ${SLURM_ARRAY_TASK_MIN:-0}))
tasks=$SLURM_ARRAY_TASK_COUNT
part=$out/$SLURM_ARRAY_TASK_ID.jsonl
[ ! -e "$part" ] || exit 0
mkdir -p "$out"
paths=$(grep -c '' "$list")
first=$((paths * task / tasks + 1)) last=$((paths * (task + 1) / tasks))
[ "$first" -le "$last" ] || exit 0
unfinished=$part.$$
trap 'rm -f "$unfinished"' EXIT
sed -n "${first},${last}p" "$list" | "${HARDLEGS:-hardlegs}" batch - "$@" > "$unfinished"
mv "$unfinished" "$part"
