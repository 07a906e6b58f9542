"""What three independent Python readers make of a calendar.

    ics.py PATH

prints the events as JSON, in order of their start:

    [{"uid": ..., "start_utc": "2027-01-04T17:00:00Z", "end_utc": ..., "summary": ..., "description": ...}]

A whole day has "start" and "end" as dates, a floating time the same without "Z". The readers are
`icalendar`, `recurring_ical_events` (what `icalendar` reads, expanded) and Home Assistant's `ical`. Each
reads the file twice: as it is, when they take the zone from their own data by its name, and with the zone
under a name that nobody knows, so that they have to use its description in the file. Exit code 1 if a
reader refuses the file or two readings differ.
"""

import json
import re
import sys
from datetime import date, datetime, timezone

import icalendar
import recurring_ical_events
from ical.calendar_stream import IcsCalendarStream


def moment(name, value):
    """`start` or `end` as an entry of the answer."""
    if not isinstance(value, datetime):
        assert isinstance(value, date), value
        return {name: value.isoformat()}
    if value.tzinfo is None:
        return {name: value.isoformat()}
    utc = value.astimezone(timezone.utc)
    return {f"{name}_utc": utc.strftime("%Y-%m-%dT%H:%M:%SZ")}


def event(uid, start, end, summary, description):
    return {
        "uid": str(uid),
        **moment("start", start),
        **moment("end", end),
        "summary": str(summary or ""),
        "description": str(description or ""),
    }


def from_component(component):
    return event(
        component["UID"],
        component["DTSTART"].dt,
        component["DTEND"].dt,
        component.get("SUMMARY"),
        component.get("DESCRIPTION"),
    )


def parsed(text):
    calendar = icalendar.Calendar.from_ical(text.encode())
    for component in calendar.walk():
        # The reader keeps what it could not read in a list instead of raising.
        assert not component.errors, component.errors
    return calendar


def with_icalendar(text):
    return [from_component(component) for component in parsed(text).walk("VEVENT")]


def with_recurring(text):
    return [from_component(component) for component in recurring_ical_events.of(parsed(text)).all()]


def with_home_assistant(text):
    calendar = IcsCalendarStream.calendar_from_ics(text)
    return [event(e.uid, e.dtstart, e.dtend, e.summary, e.description) for e in calendar.events]


def unknown_zone(text):
    """The same calendar with its zone under a name that no database has.

    X-WR-TIMEZONE keeps its name, because some readers look it up even when no time needs it."""
    return re.sub(r"(TZID[=:])[^:\r\n]+", r"\1Judged/Described", text)


def main(path):
    with open(path, "rb") as file:
        text = file.read().decode()
    answers = {}
    for reader in (with_icalendar, with_recurring, with_home_assistant):
        for how, content in (("named", text), ("described", unknown_zone(text))):
            if reader is with_home_assistant and how == "described" and "RRULE" not in text:
                # It overlooks an observance without a rule, so a zone that never changes must have a known name.
                continue
            events = reader(content)
            start = lambda e: (e.get("start_utc") or e["start"], e["uid"])
            answers[f"{reader.__name__} ({how})"] = sorted(events, key=start)
    (first, answer), *others = answers.items()
    for other, events in others:
        if events != answer:
            different = [pair for pair in zip(answer, events) if pair[0] != pair[1]][:3]
            sys.exit(f"{path}: {first} and {other} differ: {len(answer)}, {len(events)} events; {different}")
    json.dump(answer, sys.stdout, ensure_ascii=False, indent=1)


if __name__ == "__main__":
    main(sys.argv[1])
