#!/bin/bash
# Everybody's files on a cluster with Slurm: an array builds the shares, and a job that waits for all of them joins them.
#
#   job=$(sbatch --parsable --array=1-16 slurm.sh build 16)
#   sbatch --dependency=afterok:"$job" --kill-on-invalid-dep=yes slurm.sh merge 16
#
# The number of shares is said to both, and not taken from the array: a share that failed is built again by itself, with the same number,
# before all are joined.
#
#   sbatch --array=7 slurm.sh build 16
#   sbatch slurm.sh merge 16
#
# It runs where catalog/, people.csv and the output folders are, on a file system that all machines share and that has locks (NFS from
# version 4 on, Lustre with `flock`). Two jobs that build one share at the same time do no harm: the second one is refused. A job that is
# preempted finishes the person whose files it is making.
#SBATCH --job-name=regimen
#SBATCH --cpus-per-task=2
#SBATCH --mem=1G
#SBATCH --time=02:00:00
#SBATCH --requeue
set -u
# What is made, kept and told is of patients.
umask 077

step=$1 shares=$2

if [ "$step" = merge ]; then
    folders=()
    for share in $(seq "$shares"); do
        folders+=("part-$share")
    done
    exec regimen merge "${folders[@]}" --out out
fi

share=$SLURM_ARRAY_TASK_ID
# The cache of a share knows who has nothing to do. It has a secret in it, so it stays where the share is.
regimen build catalog --people people.csv --shard "$share/$shares" --out "part-$share" --cache "cache-$share" --jobs "${SLURM_CPUS_PER_TASK:-1}"
# 1 says that somebody has an error in their row, and that the others are built: those can be joined.
code=$?
[ "$code" -eq 1 ] && echo "share $share: somebody has an error, see above" >&2
[ "$code" -le 1 ]
