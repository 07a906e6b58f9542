"""Prints what the program consists of, as a software bill of materials: CycloneDX 1.6 in JSON.

    python3 packaging/sbom.py > regimen.cdx.json

The same sources give the same bytes: there is no time in it, and its serial number is made from its content.
"""

import json
import sys
import uuid
from pathlib import Path

import licences
import linked

NAMESPACE = uuid.UUID("6ba7b811-9dad-11d1-80b4-00c04fd430c8")


def reference(name, version):
    return f"pkg:cargo/{name}@{version}"


def crate(package, checksum):
    name, version = linked.key(package)
    component = {
        "type": "application" if name == linked.PROGRAM else "library",
        "bom-ref": reference(name, version),
        "name": name,
        "version": version,
        "description": " ".join((package["description"] or "").split()),
        "scope": "required",
        "licenses": [{"expression": linked.expression(package)}],
        "purl": reference(name, version),
    }
    if checksum:
        component["hashes"] = [{"alg": "SHA-256", "content": checksum}]
    if package["repository"]:
        component["externalReferences"] = [{"type": "vcs", "url": package["repository"]}]
    return {field: value for field, value in component.items() if value}


def datum(part):
    """What is no crate."""
    name, version = part["name"], part["version"]
    component = {
        "type": "library" if part["name"] in ("mimalloc", "Rust standard library") else "data",
        "bom-ref": f"part:{name}",
        "name": name,
        "version": version,
        "description": part["what"],
        "scope": "required",
    }
    component["licenses"] = [said(part["licence"])]
    return {field: value for field, value in component.items() if value}


def said(licence):
    """A name for what SPDX has no word for."""
    names = {"LicenseRef-public-domain": "public domain", "LicenseRef-hyph-utf8": "LPPL, MPL, MIT or BSD-3-Clause, by language"}
    return {"license": {"name": names[licence]}} if licence in names else {"expression": licence}


def document():
    packages, links = linked.linked()
    sums = linked.checksums()
    crates = {one: crate(package, sums.get(one)) for one, package in packages.items()}
    program = next(component for (name, _), component in crates.items() if name == linked.PROGRAM)
    parts = [datum(part) for part in json.loads(licences.document())["parts"] if "what" in part]
    others = [component for component in crates.values() if component is not program]
    depends = [{"ref": reference(*one), "dependsOn": [reference(*other) for other in of]} for one, of in links.items()]
    for part in parts:
        depends.append({"ref": part["bom-ref"]})
    root = next(entry for entry in depends if entry["ref"] == program["bom-ref"])
    root["dependsOn"] = sorted(root["dependsOn"] + [part["bom-ref"] for part in parts])
    bom = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "tools": {"components": [{"type": "application", "name": Path(__file__).name, "version": program["version"]}]},
            "component": program,
        },
        "components": sorted(others + parts, key=lambda one: one["bom-ref"]),
        "dependencies": sorted(depends, key=lambda one: one["ref"]),
    }
    content = json.dumps(bom, sort_keys=True)
    bom["serialNumber"] = f"urn:uuid:{uuid.uuid5(NAMESPACE, content)}"
    return json.dumps(bom, indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    sys.stdout.write(document())
