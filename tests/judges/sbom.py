"""Judges a bill of materials by the schema of CycloneDX 1.6, and asks whether what it refers to is in it.

Prints how many components it has, and ends with 1 and what is wrong if something is.
"""

import json
import sys

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator


def main(path):
    with open(path, encoding="utf-8") as file:
        text = file.read()
    wrong = JsonStrictValidator(SchemaVersion.V1_6).validate_str(text)
    if wrong is not None:
        sys.exit(f"{wrong!r}"[:2000])
    bom = json.loads(text)
    components = [bom["metadata"]["component"], *bom["components"]]
    references = [component["bom-ref"] for component in components]
    if len(set(references)) != len(references):
        sys.exit("two components have one reference")
    named = {of for entry in bom["dependencies"] for of in [entry["ref"], *entry.get("dependsOn", [])]}
    if named != set(references):
        sys.exit(f"not both a component and in the graph: {sorted(named ^ set(references))}")
    print(len(components))


main(sys.argv[1])
