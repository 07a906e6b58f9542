"""Judges values by JSON Schemas.

Reads a file with {"schemas": {name: schema}, "values": [[name, value], ...]} and prints, as JSON, what is wrong
with each value: a list of messages, empty if it is valid.
"""

import json
import sys

from jsonschema import Draft7Validator


def main(path):
    with open(path, encoding="utf-8") as file:
        asked = json.load(file)
    validators = {}
    for name, schema in asked["schemas"].items():
        Draft7Validator.check_schema(schema)
        validators[name] = Draft7Validator(schema)
    said = [[wrong(error) for error in validators[name].iter_errors(value)] for name, value in asked["values"]]
    json.dump(said, sys.stdout)


def wrong(error):
    place = "/".join(str(part) for part in error.absolute_path)
    deepest = max(walk(error), key=lambda one: len(one.absolute_path))
    return f"{place}: {deepest.message}"[:300]


def walk(error):
    yield error
    for below in error.context:
        yield from walk(below)


main(sys.argv[1])
