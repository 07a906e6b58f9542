"""Everybody's files with Dask: each share is a task, and the last step joins them.

    pip install distributed
    python roster_dask.py catalog people.csv out --workers 4

With `--scheduler tcp://host:8786` the tasks go to a cluster whose machines all see the same folders.
"""

import argparse
import os
import subprocess
import sys
from pathlib import Path

from distributed import Client, LocalCluster, get_worker


def build(regimen: str, catalog: str, people: str, share: int, shares: int, folder: str) -> dict:
    """Builds a share. Whoever has an error in their row is left out, which `code` 1 says."""
    command = [regimen, "build", catalog, "--people", people, "--shard", f"{share}/{shares}", "--out", folder]
    run = subprocess.run([*command, "--jobs", "1", "--no-cache"], capture_output=True, text=True)
    if run.returncode > 1:
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
            client.submit(build, arguments.regimen, catalog, people, share, shares, f"{out}.part-{share}", pure=False, retries=2)
            for share in range(1, shares + 1)
        ]
        done = client.gather(tasks)
    for one in done:
        sys.stderr.write(one["said"])
    merged = subprocess.run([arguments.regimen, "merge", *(one["folder"] for one in done), "--out", out])
    print(f"{len(done)} shares by {len({one['worker'] for one in done})} processes")
    return merged.returncode or max(one["code"] for one in done)


if __name__ == "__main__":
    sys.exit(main())
