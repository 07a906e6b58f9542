"""How much of a processor a calendar of 24 sessions takes, beside two other libraries that write the same events.

    cargo build --release -p regimen-tests --features bench --example calendars
    python tests/benches/calendars.py target/release/examples/calendars

CPU time of whole processes, without what a process takes to start; the shortest of several runs in turn, because a
busy machine only adds. Regimen's figure less that of composing the texts is what writing takes.
"""

import json
import resource
import subprocess
import sys
import time

import icalendar

RUNS = 5
MODES = {"regimen": 2000, "again": 2000, "compose": 2000, "icalendar": 2000, "copy": 20000}


def cpu(program: str, mode: str, count: int) -> float:
    """CPU seconds of one process."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([program, mode, str(count)], check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def with_python(events: list[dict[str, str]]) -> bytes:
    """The same calendar by Python's icalendar."""
    calendar = icalendar.Calendar()
    for name, value in {"VERSION": "2.0", "PRODID": "-//x//EN", "CALSCALE": "GREGORIAN", "NAME": "x"}.items():
        calendar.add(name, value)
    for event in events:
        component = icalendar.Event()
        component.add("UID", event["uid"])
        component.add("SEQUENCE", 0)
        component.add("SUMMARY", event["title"])
        component.add("DESCRIPTION", event["body"])
        component.add("CATEGORIES", [event["category"]])
        component.add("STATUS", "CONFIRMED")
        component.add("TRANSP", "OPAQUE")
        for name, key in {"DTSTART": "start", "DTEND": "end"}.items():
            moment = icalendar.vDatetime.from_ical(event[key], event["zone"])
            component.add(name, moment)
        stamp = icalendar.vDatetime.from_ical("20270104T000000Z")
        component.add("DTSTAMP", stamp)
        component.add("LAST-MODIFIED", stamp)
        calendar.add_component(component)
    return calendar.to_ical()


def python_seconds(events: list[dict[str, str]]) -> float:
    """CPU seconds of one calendar by Python's icalendar."""
    start = time.process_time()
    for _ in range(20):
        with_python(events)
    return (time.process_time() - start) / 20


def main() -> None:
    """Prints a line for each way."""
    (program,) = sys.argv[1:]
    said = subprocess.run([program, "texts", "0"], check=True, capture_output=True, text=True).stdout
    events = json.loads(said)
    taken: dict[str, list[float]] = {name: [] for name in [*MODES, "python"]}
    for _ in range(RUNS):
        start = min(cpu(program, "copy", 0) for _ in range(3))
        for mode, count in MODES.items():
            taken[mode].append((cpu(program, mode, count) - start) / count)
        taken["python"].append(python_seconds(events))
    best = {name: min(times) for name, times in taken.items()}
    rows = {
        "regimen, from plan to bytes": best["regimen"],
        "regimen, going on from an earlier file": best["again"],
        "  of which composing the texts": best["compose"],
        "  so writing takes": best["regimen"] - best["compose"],
        "Rust icalendar, from texts to bytes": best["icalendar"],
        "Python icalendar, from texts to bytes": best["python"],
        "copying finished bytes": best["copy"],
    }
    print(f"{len(events)} events; CPU a calendar, calendars a second, ratio to Rust icalendar")
    for name, seconds in rows.items():
        ratio = seconds / best["icalendar"]
        print(f"{seconds * 1e6:10.1f} us {1 / max(seconds, 1e-9):12,.0f} /s {ratio:8.2f}  {name}")


main()
