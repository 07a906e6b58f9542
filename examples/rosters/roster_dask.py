"""Everybody's files with Dask: each share is a task, and the last step joins them.

    pip install distributed
    python roster_dask.py catalog people.csv out --workers 4

With `--scheduler tcp://host:8786` the tasks go to a cluster whose machines all see the same folders and have the program. The folders of the
shares (`out.part-1`) and their caches (`out.cache-1`, with a secret in each) stay: the next run makes only what has changed. It ends as
`regimen build` does: with 1 if somebody has an error in their row. A share that could not be built ends it with what the share said, and
nothing is joined; the same command goes on from what is there.
"""

import argparse
import os
import subprocess
import sys
import time
from pathlib import Path

from distributed import Client, LocalCluster, get_worker


def build(regimen: str, catalog: str, people: str, share: int, shares: int, out: str) -> dict:
    """Builds a share. Whoever has an error in their row is left out, which `code` 1 says."""
    folder = f"{out}.part-{share}"
    command = [regimen, "build", catalog, "--people", people, "--shard", f"{share}/{shares}", "--out", folder]
    command += ["--cache", f"{out}.cache-{share}", "--jobs", "1"]
    for seconds in (10, 30, 0):
        # What is made and kept is of patients.
        run = subprocess.run(command, capture_output=True, text=True, umask=0o077)
        # The build of a worker that was lost may still be writing there, and ends some time.
        if run.returncode != 3 or "another build" not in run.stderr:
            break
        time.sleep(seconds)
    if run.returncode > 1 or run.returncode < 0:
        raise RuntimeError(f"share {share} of {shares} ended with {run.returncode}:\n{run.stderr}")
    return {"code": run.returncode, "said": run.stderr, "folder": folder, "worker": os.getpid(), "name": str(get_worker().name)}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("catalog")
    parser.add_argument("people")
    parser.add_argument("out")
    parser.add_argument("--workers", type=int, default=4)
    parser.add_argument("--shares", type=int, help="default: as many as there are workers")
    parser.add_argument("--scheduler", help="the address of a cluster; without it, processes of this machine work")
    parser.add_argument("--regimen", default="regimen", help="the program")
    arguments = parser.parse_args()
    catalog, people, out = (str(Path(path).resolve()) for path in (arguments.catalog, arguments.people, arguments.out))
    shares = arguments.shares or arguments.workers
    if arguments.scheduler:
        client = Client(arguments.scheduler)
    else:
        # Processes, for each share is a program of its own, and no dashboard, which would listen on a port.
        client = Client(LocalCluster(n_workers=arguments.workers, threads_per_worker=1, processes=True, dashboard_address=None))
    with client:
        tasks = [
            client.submit(build, arguments.regimen, catalog, people, share, shares, out, pure=False, retries=2)
            for share in range(1, shares + 1)
        ]
        done = client.gather(tasks)
    for one in done:
        sys.stderr.write(one["said"])
    merged = subprocess.run([arguments.regimen, "merge", *(one["folder"] for one in done), "--out", out], umask=0o077)
    print(f"{len(done)} shares by {len({one['worker'] for one in done})} processes")
    return merged.returncode or max(one["code"] for one in done)


if __name__ == "__main__":
    sys.exit(main())
