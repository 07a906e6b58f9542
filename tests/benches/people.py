"""What a roster costs: processor, elapsed time, memory and storage, beside other programs in the same run.

    cargo build --release -p regimen-cli
    python3 tests/benches/people.py target/release/regimen                                # 10,000 people: half an hour, 4 GB of disk
    python3 tests/benches/people.py target/release/regimen --people 500 --memory 500,2000  # a first look

The people come from a seed (`roster.py`), and everybody gets a sheet, a calendar and a page. Printed is a table in Markdown: one thread and
two beside `cp -r` of the result, a build with nothing to do beside `git status` of the result, one person changed, one exercise changed,
documents a second for each exporter, the same sheet by Typst and WeasyPrint (with `--peers peers/bin/python`; `handouts.py` says what is
installed there), the peak of memory by the number of people, and what a million people cost by these figures.

`--programme runners-hamstrings` builds the shipped programme with its nine pages instead. `--memory-only ics` measures memory with
calendars alone, where a hundred thousand sheets would need too much disk or time. Everything is in a temporary folder, below `TMPDIR`.
"""

import argparse
import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

import handouts
import roster

HERE = Path(__file__).resolve().parent
EXPORTERS = {"pdf": "sheets", "ics": "calendars", "markdown": "pages"}


class Cost(NamedTuple):
    """Seconds of processor, seconds from start to end, and the peak of memory in MB of a command."""

    cpu: float
    elapsed: float
    peak: float


def timed(command: list[str], **environment: str) -> Cost:
    """Runs a command, which must end well."""
    start = time.monotonic()
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=said, env={**os.environ, **environment})
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        if process.returncode != 0:
            raise SystemExit(f"{command} ended with {process.returncode}: {said.read().decode(errors='replace')[-2000:]}")
    return Cost(usage.ru_utime + usage.ru_stime, time.monotonic() - start, usage.ru_maxrss / 1024)


def row(what: str, measured: str, beside: str = "", ratio: float | None = None, most: float | None = None, least: float | None = None) -> None:
    """Prints a line of the table at once, for the next figure may take minutes."""
    aim = f"at most {most:g}" if most is not None else f"at least {least:g}" if least is not None else ""
    reached = aim and ratio is not None and (most is None or ratio <= most) and (least is None or ratio >= least)
    verdict = ("reached" if reached else "missed") if aim else ""
    print(f"| {what} | {measured} | {beside} | {'' if ratio is None else f'{ratio:.2f}'} | {aim} | {verdict} |", flush=True)


class Bench:
    """The program, a catalogue, a table and a folder for what is made."""

    def __init__(self, wanted: argparse.Namespace, folder: Path) -> None:
        self.wanted, self.folder, self.program = wanted, folder, wanted.program.resolve()
        self.catalog, self.cache, self.out, self.table = (folder / name for name in ("catalog", "cache", "out", "people.csv"))
        roster.copy_catalog(wanted.catalog, self.catalog, wanted.layout)

    def people(self, count: int) -> None:
        """Writes the table, and forgets what was made."""
        self.forget()
        roster.write(self.table, count, self.wanted.programme, self.wanted.seed)

    def forget(self) -> None:
        for folder in (self.out, self.cache):
            shutil.rmtree(folder, ignore_errors=True)

    def build(self, jobs: int, only: str = "") -> Cost:
        people = ["--people", str(self.table), "--out", str(self.out), "--cache", str(self.cache), "--jobs", str(jobs)]
        chosen = [part for exporter in only.split(",") if exporter for part in ("--only", exporter)]
        return timed([str(self.program), "build", str(self.catalog), *people, *chosen, "--format", "short"])

    def size(self) -> tuple[int, int]:
        """How many files were made, and their bytes with the logs."""
        files = [file for file in self.out.rglob("*") if file.is_file()]
        return sum(1 for file in files if ".regimen-" not in str(file)), sum(file.stat().st_size for file in files)


def whole(bench: Bench, count: int) -> Cost:
    """One thread, two threads, and copying what they made."""
    bench.people(count)
    one = bench.build(1)
    bench.forget()
    two = bench.build(2)
    copy = bench.folder / "copy"
    copied = []
    for _ in range(2):
        shutil.rmtree(copy, ignore_errors=True)
        copied.append(timed(["cp", "-r", str(bench.out), str(copy)]))
    cp = min(copied, key=lambda cost: cost.elapsed)
    of_cp = f"`cp -r`: {cp.elapsed:.1f} s"
    row("CPU of a person, in ms: sheet, calendar and page, one thread", f"{one.cpu / count * 1e3:.2f} ms", "", one.cpu / count * 1e3, most=3)
    row("the same on two threads", f"{two.cpu / count * 1e3:.2f} ms", "", two.cpu / count * 1e3, most=3)
    row("CPU beside `cp -r`, one thread", f"{one.cpu:.1f} s", f"{cp.cpu:.1f} s", one.cpu / cp.cpu)
    row("CPU beside `cp -r`, two threads", f"{two.cpu:.1f} s", f"{cp.cpu:.1f} s", two.cpu / cp.cpu)
    row("elapsed, one thread", f"{one.elapsed:.1f} s", of_cp, one.elapsed / cp.elapsed)
    row("elapsed, two threads", f"{two.elapsed:.1f} s", of_cp, two.elapsed / cp.elapsed, most=6)
    row("one thread beside two, elapsed", f"{one.elapsed:.1f} s", f"{two.elapsed:.1f} s", one.elapsed / two.elapsed, least=1.8)
    return one


def again(bench: Bench) -> None:
    """Builds of a folder that is there: nothing to do, one person changed, one exercise changed."""
    nothing = bench.build(2)
    git = ["git", "-C", str(bench.folder / "copy"), "-c", "core.untrackedCache=false", "-c", "gc.auto=0", "-c", "core.compression=0"]
    subprocess.run([*git, "init", "-q"], check=True)
    subprocess.run([*git, "add", "."], check=True)
    status = min(timed([*git, "status", "--porcelain"]).elapsed for _ in range(3))
    shutil.rmtree(bench.folder / "copy")
    row("nothing to do, beside `git status`", f"{nothing.elapsed:.2f} s", f"{status:.2f} s", nothing.elapsed / status)
    lines = bench.table.read_text("utf-8").splitlines(keepends=True)
    lines[2] = lines[2].replace(",", ",New ", 1)
    bench.table.write_text("".join(lines), "utf-8")
    changed = bench.build(2)
    row("one person changed, beside nothing to do", f"{changed.elapsed:.2f} s", f"{nothing.elapsed:.2f} s", changed.elapsed / nothing.elapsed)
    best = roster.PROGRAMMES[bench.wanted.programme].best
    exercise = bench.catalog / "exercises" / f"{best}.yaml"
    exercise.write_text(exercise.read_text("utf-8").replace("\n  summary: ", "\n  aliases: [Another name]\n  summary: ", 1), "utf-8")
    exercised = bench.build(2)
    row(f"one exercise changed (`{best}`), beside nothing to do", f"{exercised.elapsed:.2f} s", f"{nothing.elapsed:.2f} s", exercised.elapsed / nothing.elapsed)


def each(bench: Bench, count: int) -> dict[str, float]:
    """Every exporter alone; gives its seconds of processor for a document."""
    seconds = {}
    for exporter, name in EXPORTERS.items():
        bench.forget()
        cost = bench.build(2, exporter)
        seconds[exporter] = cost.cpu / count
        row(f"{name} alone, on two threads", f"{count / cost.elapsed:.0f} a second", f"{cost.cpu / count * 1e3:.2f} ms of CPU each")
    return seconds


def peers(python: str, sheet: float) -> None:
    """The same sheet by other programs: the difference between few and many of them leaves out what it takes to start."""
    for engine in ("typst", "weasyprint"):
        few, many = handouts.COUNTS[engine]
        printed = [timed([python, str(HERE / "handouts.py"), "--print", engine, "sheet", str(number)]).cpu for number in (few, many)]
        seconds = (printed[1] - printed[0]) / (many - few)
        row(f"the same sheet by {engine}, CPU beside ours", f"{seconds * 1e3:.1f} ms, {1 / seconds:.0f} a second", f"{sheet * 1e3:.2f} ms", seconds / sheet)


def memory(bench: Bench, counts: list[int], only: str) -> list[Cost]:
    """The peak of memory by the number of people."""
    costs: list[Cost] = []
    for count in counts:
        bench.people(count)
        costs.append(bench.build(2, only))
        ratio = costs[-1].peak / costs[0].peak
        made = f", {only} alone" if only else ""
        row(f"peak memory at {count:,}{made}, beside {counts[0]:,}", f"{costs[-1].peak:.0f} MB", f"{costs[0].peak:.0f} MB", ratio, most=1.2)
    return costs


def million(count: int, one: Cost, size: tuple[int, int]) -> None:
    """What a million people cost, from what was measured."""
    files, stored = size
    hours = one.cpu / count * 1e6 / 3600
    row("a million people, in core hours", f"{hours:.1f} h", f"{hours / 64 * 60:.0f} minutes on 64 cores")
    row("a million people, on disk", f"{stored / count / 1e3:.0f} GB", f"{files / count:.1f} million files")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program", type=Path)
    parser.add_argument("--people", type=int, default=10_000, help="how many people are built for; 0 measures memory alone")
    parser.add_argument("--memory", default="1000,10000,100000", help="counts of people for the peak of memory; may be empty")
    parser.add_argument("--memory-only", default="", metavar="EXPORTER", help="the exporters that memory is measured with, such as ics,markdown; all if left out")
    parser.add_argument("--peers", metavar="PYTHON", help="a Python that has Typst and WeasyPrint; they are left out without it")
    parser.add_argument("--programme", default=roster.HOME.program, choices=sorted(roster.PROGRAMMES))
    parser.add_argument("--layout", default="sheet")
    parser.add_argument("--catalog", type=Path, default=HERE.parents[1] / "catalog")
    parser.add_argument("--seed", type=int, default=16)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="people-bench-") as folder:
        bench, count = Bench(wanted, Path(folder)), wanted.people
        print(f"{count:,} people of `{wanted.programme}`, {os.cpu_count()} cores, seed {wanted.seed}\n")
        print("| what | measured | beside | ratio | aim | |\n| --- | --- | --- | --- | --- | --- |")
        if count:
            one = whole(bench, count)
            size = bench.size()
            again(bench)
            seconds = each(bench, count)
            if wanted.peers:
                peers(wanted.peers, seconds["pdf"])
            million(count, one, size)
        memory(bench, [int(number) for number in wanted.memory.split(",") if number], wanted.memory_only)


if __name__ == "__main__":
    main()
