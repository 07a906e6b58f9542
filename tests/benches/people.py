"""What a roster costs: processor, wall clock and memory, beside other programs in the same run.

    cargo build --release -p regimen-cli
    python3 tests/benches/people.py target/release/regimen [--people 10000] [--memory 1000,10000,100000] [--catalog catalog]

A roster is made from a seed: names, days to begin with, bests, units, paper, notes. Everybody gets a sheet, a calendar and a page. Printed
are figures and ratios: two threads against one, against `cp -r` of the result, a build with nothing to do against `git status` of the
result, one person changed, one exercise changed, and the peak of memory by the number of people. The folders are temporary; they need some
300 MB for each thousand people.
"""

import argparse
import os
import random
import resource
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

FIRST = "Ada Ben Chloe Dan Eva Finn Grace Hugo Iris Jan Kim Leo Mia Noah Olga Paul".split()
LAST = "Abel Brown Cruz Diaz Evans Fox Gray Hill Irwin Jones Keller Lang Moore Novak Owens Park".split()


def roster(path: Path, people: int, program: str, best: str) -> None:
    """A table of so many people, the same from the same seed."""
    seeded = random.Random(16)
    with path.open("w", encoding="utf-8") as table:
        table.write(f"id,name,program,start,note,units,paper,best.{best},next_visit\n")
        for number in range(1, people + 1):
            name = f"{seeded.choice(FIRST)} {seeded.choice(LAST)} {number}"
            start = f"2027-0{seeded.randint(1, 6)}-{seeded.randint(1, 28):02}"
            note = seeded.choice(["", "", "Start gently.", "Watch the left knee."])
            units = seeded.choice(["kg;km", "kg;km", "lb;mi"])
            paper = seeded.choice(["", "", "letter"])
            load = seeded.choice(["", f"{seeded.randint(16, 60) * 2.5:g} kg"])
            table.write(f"p-{number:06},{name},{program},{start},{note},{units},{paper},{load},\n")


def timed(command: list[str], **environment: str) -> tuple[float, float, float]:
    """Seconds of processor and of wall clock of a command, and the peak of its memory in MB."""
    start = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env={**os.environ, **environment})
    assert process.stderr is not None
    said = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status) != 0:
        raise SystemExit(f"{command} ended with {status}: {said.decode(errors='replace')[-2000:]}")
    return usage.ru_utime + usage.ru_stime, time.monotonic() - start, usage.ru_maxrss / 1024


class Bench:
    """The program, a catalogue, and a folder for what is made."""

    def __init__(self, program: Path, catalog: Path, folder: Path) -> None:
        self.program, self.folder = program.resolve(), folder
        self.catalog, self.cache = folder / "catalog", folder / "cache"
        shutil.copytree(catalog, self.catalog)

    def build(self, table: Path, out: str, *more: str) -> tuple[float, float, float]:
        arguments = ["build", str(self.catalog), "--people", str(table), "--out", str(self.folder / out), "--format", "short"]
        return timed([str(self.program), *arguments, *more], REGIMEN_CACHE=str(self.cache))

    def forget(self, out: str) -> None:
        for folder in (self.folder / out, self.cache):
            shutil.rmtree(folder, ignore_errors=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program", type=Path)
    parser.add_argument("--catalog", type=Path, default=Path("catalog"))
    parser.add_argument("--programme", default="runners-hamstrings")
    parser.add_argument("--exercise", default="deadlift", help="the exercise that has bests and is changed")
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--memory", default="1000,10000,100000", help="counts of people for the peak of memory; may be empty")
    parser.add_argument("--layout", default="sheet")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="people-bench-") as folder:
        bench = Bench(wanted.program, wanted.catalog, Path(folder))
        settings = bench.catalog / "regimen.yaml"
        lines, kept, skipped = settings.read_text("utf-8").splitlines(), [], False
        for line in lines:
            skipped = line.startswith("exporters:") or (skipped and line.startswith((" ", "#")))
            kept += [] if skipped else [line]
        settings.write_text("\n".join([*kept, "exporters:", f"  pdf: {{layout: {wanted.layout}}}", ""]), "utf-8")
        table, count = Path(folder) / "people.csv", wanted.people
        roster(table, count, wanted.programme, wanted.exercise)
        print(f"{count} people, a sheet, a calendar and a page for each; {os.cpu_count()} cores")
        one = bench.build(table, "one", "--jobs", "1")
        bench.forget("one")
        two = bench.build(table, "out", "--jobs", "2")
        copied = timed(["cp", "-r", str(Path(folder) / "out"), str(Path(folder) / "copy")])
        print(f"one thread:  {one[0] / count * 1e3:.2f} ms of processor a person, {one[1]:.1f} s")
        print(f"two threads: {two[0] / count * 1e3:.2f} ms of processor a person, {two[1]:.1f} s; {one[1] / two[1]:.2f} times one")
        print(f"cp -r of the result: {copied[1]:.1f} s; two threads take {two[1] / copied[1]:.1f} times as long")
        again = bench.build(table, "out", "--jobs", "2")
        git = ["git", "-C", str(Path(folder) / "copy"), "-c", "core.untrackedCache=false"]
        subprocess.run([*git, "init", "-q"], check=True)
        subprocess.run([*git, "add", "."], check=True)
        status = min(timed([*git, "status", "--porcelain"])[1] for _ in range(3))
        print(f"nothing to do: {again[1]:.2f} s; git status of the result: {status:.2f} s; {again[1] / status:.1f} times")
        text = table.read_text("utf-8")
        table.write_text(text.replace("p-000002,", "p-000002,New ", 1), "utf-8")
        print(f"one person changed: {bench.build(table, 'out', '--jobs', '2')[1]:.2f} s")
        exercise = bench.catalog / "exercises" / f"{wanted.exercise}.yaml"
        exercise.write_text(exercise.read_text("utf-8") + "\n# another text\n", "utf-8")
        print(f"one exercise changed: {bench.build(table, 'out', '--jobs', '2')[1]:.2f} s")
        for exporter in ("pdf", "ics", "markdown"):
            bench.forget("out")
            took = bench.build(table, "out", "--jobs", "2", "--only", exporter)
            print(f"{exporter}: {count / took[1]:.0f} people a second on two threads, {took[0] / count * 1e3:.2f} ms of processor each")
        peaks: dict[int, float] = {}
        for people in [int(number) for number in wanted.memory.split(",") if number]:
            bench.forget("out")
            roster(table, people, wanted.programme, wanted.exercise)
            peaks[people] = bench.build(table, "out", "--jobs", "2")[2]
            first = next(iter(peaks.values()))
            print(f"memory at {people}: {peaks[people]:.0f} MB, {peaks[people] / first:.2f} times the first")


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    main()
