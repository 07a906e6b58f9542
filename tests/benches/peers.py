"""How long `regimen check` takes on a big catalogue, beside programs that only read or lint the same files.

    python tests/benches/peers.py target/release/regimen FOLDER

Each is run several times in turn; the shortest and the middle time count, because a busy machine only adds.
"""

import statistics
import subprocess
import sys
import time
from pathlib import Path

RUNS = 10

PARSE = """
import pathlib, sys, yaml
for path in pathlib.Path(sys.argv[1]).rglob("*.yaml"):
    yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
"""


def peers(program: str, folder: str) -> dict[str, list[str]]:
    """The commands by name; every one of them reads all YAML files of the folder."""
    lint = [sys.executable, "-m", "yamllint", "-d", "{extends: relaxed, rules: {line-length: disable}}", folder]
    return {
        "regimen check": [program, "check", folder],
        "libyaml, read only (PyYAML CSafeLoader)": [sys.executable, "-c", PARSE, folder],
        "yamllint": lint,
    }


def seconds(command: list[str]) -> float:
    """The time from start to end of a command, which must end well."""
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def main() -> None:
    """Prints a line for each program."""
    program, folder = sys.argv[1:]
    commands = peers(program, folder)
    times: dict[str, list[float]] = {name: [] for name in commands}
    for run in range(RUNS):
        for name, command in commands.items():
            # The slowest one says enough in three runs.
            if name != "yamllint" or run < 3:
                times[name].append(seconds(command))
    files = list(Path(folder).rglob("*.yaml"))
    print(f"{len(files)} files, {sum(path.stat().st_size for path in files) / 1e6:.1f} MB of YAML")
    for name, taken in times.items():
        print(f"{min(taken) * 1e3:8.0f} ms  {statistics.median(taken) * 1e3:8.0f} ms  {name}")


main()
