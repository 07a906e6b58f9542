"""What three independent Python readers make of calendars.

    ics.py PATH...

prints what each reading found in each file as JSON, in any order:

    {READING: {PATH: [{"uid": ..., "start": "2027-01-04T17:00:00Z", "end": ..., "summary": ..., "description": ...}]}}

Times are in UTC; a floating time lacks the "Z", and of a whole day there is only the date. In place of the events
stands a text that says why, where the reader refuses a file. The readers are `icalendar`, `recurring_ical_events` (what
`icalendar` reads, expanded) and Home Assistant's `ical`. Each reads every file twice: as it is, when they take the
zone from their own data by its name, and with the zone under a name that nobody knows, so that they have to use
its description in the file.
"""

import json
import re
import sys
import zoneinfo
from datetime import date, datetime, timezone

# The package `tzdata` is newer than what many systems have, and zones of 2026 need it. Before the readers are loaded,
# because they look up zones at once.
zoneinfo.reset_tzpath(to=[])

import icalendar
import recurring_ical_events
from ical.calendar_stream import IcsCalendarStream


def moment(value):
    """A start or an end as it stands in the answer."""
    if not isinstance(value, datetime):
        assert isinstance(value, date), value
        return value.isoformat()
    if value.tzinfo is None:
        return value.isoformat()
    return value.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def event(uid, start, end, summary, description):
    return {
        "uid": str(uid),
        "start": moment(start),
        "end": moment(end),
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


def with_icalendar(calendar):
    return [from_component(component) for component in calendar.walk("VEVENT")]


def with_recurring(calendar):
    return [from_component(component) for component in recurring_ical_events.of(calendar).all()]


def with_home_assistant(text):
    calendar = IcsCalendarStream.calendar_from_ics(text)
    return [event(e.uid, e.dtstart, e.dtend, e.summary, e.description) for e in calendar.events]


def unknown_zone(text, number):
    """The same calendar with its zone under a name that no database has, and no other file of this call, because
    readers remember zones.

    X-WR-TIMEZONE keeps its name, because some readers look it up even when no time needs it."""
    return re.sub(r"(TZID[=:])[^:\r\n]+", rf"\1Judged/Described-{number}", text)


def answer(reader, *material):
    """What the reader found, or why it found nothing."""
    try:
        return reader(*material)
    except Exception as error:  # Readers refuse with errors of many kinds.
        return f"{type(error).__name__}: {error}"


def readings(text):
    """What each reader finds in a calendar."""
    calendar = answer(parsed, text)
    refused = isinstance(calendar, str)
    return {
        "icalendar": calendar if refused else answer(with_icalendar, calendar),
        "recurring-ical-events": calendar if refused else answer(with_recurring, calendar),
        "ical of Home Assistant": answer(with_home_assistant, text),
    }


def main(paths):
    answers = {}
    for number, path in enumerate(paths):
        with open(path, "rb") as file:
            text = file.read().decode()
        named = readings(text)
        described = named if "TZID" not in text else readings(unknown_zone(text, number))
        if "RRULE" not in text:
            # Home Assistant's overlooks an observance without a rule, so a zone that never changes must have a
            # known name.
            described["ical of Home Assistant"] = named["ical of Home Assistant"]
        for name in named:
            answers.setdefault(f"{name}, zone named", {})[path] = named[name]
            answers.setdefault(f"{name}, zone described", {})[path] = described[name]
    json.dump(answers, sys.stdout, ensure_ascii=True, indent=1)


if __name__ == "__main__":
    main(sys.argv[1:])
