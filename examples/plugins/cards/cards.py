"""Exercise cards as one HTML page to print from any browser. Python 3 with nothing installed.

Options: `columns`, how many cards stand side by side (1 to 3), and `level`, the hardest level to print (1 to 5).
"""

import html
import json
import re
import sys

DESCRIPTION = {
    "protocol": 1,
    "name": "cards",
    "version": "1.0.0",
    "summary": "exercise cards as a page to print",
    "granularity": "catalog",
    "options_schema": {
        "type": "object",
        "properties": {
            "columns": {"type": "integer", "minimum": 1, "maximum": 3},
            "level": {"type": "integer", "minimum": 1, "maximum": 5},
        },
        "additionalProperties": False,
    },
}

STYLE = """
body { font: 11pt/1.4 system-ui, sans-serif; color: #222; margin: 0 }
h1 { font-size: 16pt; margin: 0 0 4mm }
main { display: grid; grid-template-columns: repeat(COLUMNS, 1fr); gap: 5mm }
article { border: .4mm dashed #999; padding: 4mm; break-inside: avoid }
h2 { font-size: 13pt; margin: 0; color: MAIN }
h3 { font-size: 10pt; margin: 2mm 0 0; color: #555 }
p { margin: 1mm 0 } ol, ul { margin: 1mm 0; padding-left: 5mm }
@page { margin: 12mm }
"""


def text(words, names):
    """Words of the catalogue as HTML: links keep their text, or the name of what they lead to; marks become elements."""
    words = html.escape(" ".join(words.split()), quote=False)
    words = re.sub(r"\[([^]]*)]\(([^)]*)\)", lambda link: link[1] or html.escape(names.get(link[2], link[2])), words)
    words = re.sub(r"&lt;/?span[^&]*&gt;", "", words)
    words = re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", words)
    return re.sub(r"\*(.+?)\*", r"<i>\1</i>", words)


def block(title, items, names, kind="ul"):
    """A heading with a list, if there is anything to list."""
    if not items:
        return ""
    items = "".join(f"<li>{text(item, names)}</li>" for item in items)
    return f"<h3>{html.escape(title)}</h3><{kind}>{items}</{kind}>"


def amount(dose):
    """`{"sets": 3, "reps": 8, "rest": "90 s"}` in words."""
    work = next((str(dose[key]) for key in ("reps", "hold", "time", "distance") if key in dose), "")
    side = " each side" if dose.get("per_side") else ""
    parts = [f"{dose.get('sets', 1)} × {work}{side}".replace("-", "–")]
    parts += [f"{name} {dose[key]}" for key, name in (("rpe", "RPE"), ("tempo", "tempo"), ("rest", "rest")) if key in dose]
    # A number stays with its unit.
    return ", ".join(part.replace(" ", "\u00a0") for part in parts)


def label(language, key, fallback):
    """A label of the catalogue's language."""
    found = language["labels"].get("label", {}).get(key, fallback)
    return found if isinstance(found, str) else found["other"]


def card(exercise, language, names):
    """One exercise."""
    words = exercise["words"]
    body = f"<h2>{html.escape(words['name'])}</h2><p>{html.escape(amount(exercise['defaults']))}</p>"
    body += block(label(language, "setup", "Get ready"), words.get("setup"), names)
    body += block(label(language, "steps", "Steps"), words.get("steps"), names, "ol")
    body += block(label(language, "cues", "Keep in mind"), words.get("cues"), names)
    body += block(label(language, "stop-if", "Stop if"), words.get("stop_if"), names)
    return f'<article id="{exercise["id"]}">{body}</article>'


def printed(catalog, options):
    """The exercises that get a card, each with its place in the list."""
    return [(at, one) for at, one in enumerate(catalog["exercises"]) if one["level"] <= options.get("level", 5)]


def page(unit, request):
    """All cards of a unit on a page."""
    catalog, options = request["catalogs"][unit["catalog"]], request["options"]
    language = request["languages"][unit["language"]]
    names = {f"exercise:{one['id']}": one["words"]["name"] for one in catalog["exercises"]}
    cards = [card(one, language, names) for _, one in printed(catalog, options)]
    brand = catalog["project"].get("brand", {})
    title = html.escape(catalog["project"].get("words", {}).get("title", brand.get("name", "Exercises")))
    main = brand.get("colours", {}).get("main", "#1f6f5c")
    style = STYLE.replace("COLUMNS", str(options.get("columns", 2))).replace("MAIN", main)
    return (
        f'<!doctype html>\n<html lang="{unit["language"]}" dir="{language["direction"]}">\n<head><meta charset="utf-8">'
        f"<title>{title}</title><style>{style}</style></head>\n"
        f"<body><h1>{title}</h1><main>\n" + "\n".join(cards) + "\n</main></body></html>\n"
    )


def diagnostics(catalog, options):
    """Cards without a warning are found, with the place to write one."""
    for number, exercise in printed(catalog, options):
        if exercise["kind"] == "strength" and not exercise["words"].get("stop_if"):
            yield {
                "severity": "warning",
                "code": "no-stop",
                "message": f"the card of `{exercise['id']}` does not say when to stop",
                "at": f"exercises[{number}].words",
                "help": "add `stop_if:` to its words",
            }


def main():
    request = json.load(sys.stdin)
    if request["op"] == "describe":
        answer = DESCRIPTION
    else:
        units = request["units"]
        answer = {
            "protocol": 1,
            "units": [
                {
                    "id": unit["id"],
                    "files": [{"path": "cards.html", "text": page(unit, request)}],
                    "diagnostics": list(diagnostics(request["catalogs"][unit["catalog"]], request["options"])),
                }
                for unit in units
            ],
        }
    json.dump(answer, sys.stdout, ensure_ascii=False)


main()
