"""What is linked into the program: its crates on every system that it is for, from Cargo's own knowledge of them.

Nothing is fetched: `cargo metadata --locked --offline` reads what `cargo fetch --locked` has put on the disk.
"""

import json
import os
import subprocess
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PROGRAM = "regimen-cli"
# The systems that packages are for.
TARGETS = [
    "aarch64-apple-darwin",
    "aarch64-unknown-linux-gnu",
    "x86_64-apple-darwin",
    "x86_64-pc-windows-msvc",
    "x86_64-unknown-linux-gnu",
    "x86_64-unknown-linux-musl",
]


def metadata(target):
    cargo = os.environ.get("CARGO", "cargo")
    command = [cargo, "metadata", "--locked", "--offline", "--format-version", "1", "--filter-platform", target]
    return json.loads(subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE).stdout)


def is_macro(package):
    """Macros run in the compiler, and what only they need does, too."""
    return any("proc-macro" in target["kind"] for target in package["targets"])


def linked():
    """The packages that are linked in, by name and version, and for each the keys of those that it links."""
    packages, links = {}, {}
    for target in TARGETS:
        found = metadata(target)
        known = {package["id"]: package for package in found["packages"]}
        nodes = {node["id"]: node for node in found["resolve"]["nodes"]}
        waiting = [package["id"] for package in found["packages"] if package["name"] == PROGRAM]
        seen = set()
        while waiting:
            one = waiting.pop()
            if one in seen:
                continue
            seen.add(one)
            of = [dependency["pkg"] for dependency in nodes[one]["deps"]
                  if any(kind["kind"] is None for kind in dependency["dep_kinds"])
                  and not is_macro(known[dependency["pkg"]])]
            waiting += of
            packages[key(known[one])] = known[one]
            links.setdefault(key(known[one]), set()).update(key(known[other]) for other in of)
    return dict(sorted(packages.items())), {one: sorted(of) for one, of in sorted(links.items())}


def key(package):
    return package["name"], package["version"]


def checksums():
    """The digests of the archives that packages came in, by name and version."""
    lock = tomllib.loads((ROOT / "Cargo.lock").read_text())
    return {(package["name"], package["version"]): package.get("checksum") for package in lock["package"]}


def expression(package):
    """Its licences as an SPDX expression. Some say it in an old way, and some name a file instead."""
    stated = package["license"] or {"ical": "Apache-2.0"}[package["name"]]
    return stated.replace("/", " OR ")
