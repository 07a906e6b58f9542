"""A plugin for Regimen: one text file with all exercises. Change what `files` makes."""

import json
import sys

DESCRIPTION = {
    "protocol": 1,
    "name": "{name}",
    "version": "0.1.0",
    "summary": "exercises as text",
    # What a unit is: catalog, guide, exercise, program or plan.
    "granularity": "catalog",
    "options_schema": {
        "type": "object",
        "properties": {"title": {"type": "string"}},
        "additionalProperties": False,
    },
}


def files(unit, catalog, options):
    """The files of a unit."""
    lines = [options.get("title", "Exercises"), ""]
    lines += [f"- {exercise['words']['name']}" for exercise in catalog["exercises"]]
    return [{"path": "exercises.txt", "text": "\n".join(lines) + "\n"}]


def diagnostics(unit, catalog):
    """What there is to say about the content, each with the place it is about."""
    for number, exercise in enumerate(catalog["exercises"]):
        if not exercise["words"].get("cues"):
            yield {
                "severity": "warning",
                "code": "no-cue",
                "message": f"`{exercise['id']}` has no cue",
                "at": f"exercises[{number}].words",
                "help": "add `cues:` with what to keep in mind",
            }


def main():
    request = json.load(sys.stdin)
    if request["op"] == "describe":
        answer = DESCRIPTION
    else:
        answer = {"protocol": 1, "units": []}
        for unit in request["units"]:
            catalog = request["catalogs"][unit["catalog"]]
            made = {
                "id": unit["id"],
                "files": files(unit, catalog, request["options"]),
                "diagnostics": list(diagnostics(unit, catalog)),
            }
            answer["units"].append(made)
    json.dump(answer, sys.stdout)


main()
