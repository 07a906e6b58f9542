#!/usr/bin/env python3
"""Reads a folder of Markdown pages with an independent parser and says what is in them.

    python3 tests/judges/markdown.py FOLDER

Prints JSON, `{page: {"links": [...], "headings": [...]}}`, and ends with 1 if a relative link or picture does
not lead to a file of the folder, an anchor not to a heading, or a page holds raw HTML
but for `<span lang="…">`. Headings are named as
GitHub names them, so judge pages that were made with `site: plain`.
"""

import json
import pathlib
import posixpath
import re
import sys
import unicodedata
import urllib.parse

from markdown_it import MarkdownIt


def visible(token):
    """The text of a heading without its marks."""
    return "".join(child.content for child in token.children or [] if child.type in ("text", "code_inline"))


def slug(text, taken):
    """The name that GitHub gives a heading."""
    letters = [c for c in text.strip().lower() if c in " -_" or unicodedata.category(c)[0] in "LMN"]
    name = "".join(letters).replace(" ", "-")
    free, number = name, 0
    while free in taken:
        number += 1
        free = f"{name}-{number}"
    taken.add(free)
    return free


# What says that words are in another language is the one element that pages may hold.
LANGUAGE_MARK = re.compile(r'<span lang="[A-Za-z0-9-]+">|</span>')


def read(text):
    """The links, the names of the headings and the raw HTML of one page."""
    links, names, html = [], set(), []
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    for before, token in zip([None, *tokens], tokens):
        if token.type == "html_block":
            html.append(token.content)
        if token.type == "inline" and before.type == "heading_open":
            slug(visible(token), names)
        for child in token.children or []:
            if child.type == "html_inline":
                html.append(child.content)
            address = child.attrGet("href") or child.attrGet("src")
            if address is not None:
                links.append(address)
    return links, names, html


def problem(page, address, folder, names):
    """Why an address leads nowhere, or None."""
    parts = urllib.parse.urlsplit(address)
    if parts.scheme or parts.netloc:
        return None
    target = page
    if parts.path:
        target = posixpath.normpath(posixpath.join(posixpath.dirname(page), urllib.parse.unquote(parts.path)))
    if target.startswith("..") or not (folder / target).is_file():
        return f"{page}: `{address}` leads to no file"
    if parts.fragment and urllib.parse.unquote(parts.fragment) not in names.get(target, ()):
        return f"{page}: `{address}` leads to no heading"
    return None


def main(folder):
    folder = pathlib.Path(folder)
    pages = {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in sorted(folder.rglob("*.md"))}
    found = {page: read(text) for page, text in pages.items()}
    names = {page: of_page for page, (_, of_page, _) in found.items()}
    problems = [f"{page}: raw HTML `{piece}`" for page, (_, _, html) in found.items() for piece in html
                if not LANGUAGE_MARK.fullmatch(piece)]
    for page, (links, _, _) in found.items():
        problems += filter(None, (problem(page, address, folder, names) for address in links))
    if not pages:
        problems.append(f"{folder}: no pages")
    report = {page: {"links": links, "headings": sorted(of_page)} for page, (links, of_page, _) in found.items()}
    print(json.dumps(report, ensure_ascii=False, indent=1))
    print("\n".join(problems), file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
