"""A programme as CSV for spreadsheets: a line for each exercise of each session. Python 3 with nothing installed.

Option: `separator`, which is `,` unless it is `;`, as spreadsheets want it where numbers have a decimal comma.
"""

import csv
import io
import json
import re
import sys

DESCRIPTION = {
    "protocol": 1,
    "name": "programme-csv",
    "version": "1.1.0",
    "summary": "programmes for spreadsheets",
    "granularity": ["plan", "person"],
    "options_schema": {
        "type": "object",
        "properties": {"separator": {"enum": [",", ";"]}},
        "additionalProperties": False,
    },
}

DOSE = ["sets", "reps", "hold", "time", "distance", "per_side", "load", "rpe", "rir", "tempo", "rest"]
COLUMNS = ["week", "date", "day", "session", "part", "exercise", "name", "amount", *DOSE, "done"]


def rows(plan, names):
    """The lines of a plan; what is done in turns has one for the rounds, and one for each exercise."""
    for week in plan["weeks"]:
        for session in week["sessions"]:
            for part in session["parts"]:
                for block in part["blocks"]:
                    for piece in [block, *block.get("inner", [])]:
                        yield row(week, session, part, piece, names)


def row(week, session, part, piece, names):
    """One line. What is no exercise, such as a run, has its text as amount."""
    start = [week["number"], session["date"] or "", session["day"], session["name"], part["section"]]
    dose = {**piece.get("dose", {})}
    dose["per_side"] = "yes" if dose.get("per_side") else ""
    exercise = piece.get("exercise", "")
    what = [exercise, names.get(exercise, ""), piece.get("amount", piece["text"])]
    # A range with a hyphen would become a date.
    amounts = [re.sub(r"(?<=\d)-(?=\d)", "–", str(dose.get(key, ""))) for key in DOSE]
    return [plain(cell) for cell in [*start, *what, *amounts, ""]]


def plain(cell):
    """No cell starts a formula in a spreadsheet."""
    cell = str(cell)
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t")) else cell


def file(unit, catalog, options):
    """The file of a unit, named after its person, else after its schedule, else after its programme."""
    person, schedule = unit.get("person"), unit["plan"]["schedule"]
    if person:
        name = f"people/{person['id']}"
    else:
        name = f"schedules/{schedule['name']}" if schedule else unit["subject"].replace("program:", "programs/")
    text = io.StringIO()
    # Spreadsheets take the mark as a sign of UTF-8.
    text.write("\ufeff")
    writer = csv.writer(text, delimiter=options.get("separator", ","))
    names = {exercise["id"]: exercise["words"]["name"] for exercise in catalog["exercises"]}
    lines = list(rows(unit["plan"], names))
    if options.get("separator") == ";":
        lines = [[re.sub(r"^(\d+)\.(\d+)$", r"\1,\2", cell) for cell in line] for line in lines]
    writer.writerows([COLUMNS, *lines])
    return {"path": f"{name}.csv", "text": text.getvalue()}


def main():
    request = json.load(sys.stdin)
    if request["op"] == "describe":
        answer = DESCRIPTION
    else:
        made = lambda unit: file(unit, request["catalogs"][unit["catalog"]], request["options"])
        units = [{"id": unit["id"], "files": [made(unit)]} for unit in request["units"]]
        answer = {"protocol": 1, "units": units}
    json.dump(answer, sys.stdout)


main()
