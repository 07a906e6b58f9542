#!/bin/bash
# Everybody's files on a cluster with Slurm: an array builds the shares, and a job that waits for all of them joins them.
#
#   job=$(sbatch --parsable --array=1-16 slurm.sh)
#   sbatch --dependency=afterok:"$job" slurm.sh merge 16
#
# It runs where catalog/, people.csv and the output folders are, on a file system that all machines share.
#SBATCH --job-name=regimen
#SBATCH --cpus-per-task=2
#SBATCH --mem=2G
set -u

if [ "${1:-}" = merge ]; then
    shares=()
    for share in $(seq "$2"); do
        shares+=("part-$share")
    done
    exec regimen merge "${shares[@]}" --out out
fi

regimen build catalog --people people.csv --shard "$SLURM_ARRAY_TASK_ID/$SLURM_ARRAY_TASK_COUNT" \
    --out "part-$SLURM_ARRAY_TASK_ID" --jobs "${SLURM_CPUS_PER_TASK:-1}" --no-cache
# 1 says that somebody has an error in their row, and that the others are built: those can be joined.
code=$?
[ "$code" -le 1 ]
