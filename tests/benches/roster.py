"""A catalogue and a roster for `people.py`: from the same seed always the same people.

Two programmes are in the catalogue: `hamstrings-at-home`, which is the sheet of `handout/sheet.json` that other programs print as well, and
the shipped one, whose sheet has nine pages. People differ as they do in life: in dates, hours, days, doses, exercises, equipment, units,
paper, print, language, and in names that need more letters than English has.
"""

import csv
import json
import random
import re
import shutil
from pathlib import Path

HERE = Path(__file__).resolve().parent
DRAWINGS = HERE.parents[1] / "exporters" / "regimen-pdf" / "tests" / "fixtures"
LABELS = HERE.parents[1] / "crates" / "regimen-catalog" / "languages" / "en.yaml"
LANGUAGE = "de"

GIVEN = "Ada Ben Chloé Dan Eva Finn Grace Hugo Iris Jan Kim Léa Mia Noah Olga Paul Søren Zoë Łukasz Čeněk Ağça Đorđe Ştefan Nguyễn".split()
FAMILY = "Abel Brown Cruz Díaz Evans Fox Gray Hill Irwin Jones Keller Lang Moore Novák Owens Park Ødegård Šimůnek Wójcik Yılmaz Øst Weiß".split()
# One in thirty people writes their name in another script.
OTHERS = ["Ирина Соколова", "Δημήτρης Παπαδόπουλος", "Олена Шевченко", "Ελένη Γεωργίου", "Борис Живков"]
PRACTITIONERS = [f"{title} {name}" for title in ("Dr.", "") for name in ("Eva Novák", "Tom Hill", "Ana Díaz", "Lena Weiß", "Sam Okafor", "Jo Park")]
NOTES = [
    "Start gently.", "Watch the left knee.", "Watch the right knee.", "Slowly down, quickly up.", "Ring me if it hurts for more than a day.",
    "Two sets are enough this week.", "Hold on to the wall.", "Breathe out as you lift.", "Well done so far: keep going.", "Ice for ten minutes after it.",
]  # fmt: skip


class Programme:
    """What may be otherwise for the people of a programme."""

    def __init__(self, program: str, reps: list[str], instead: dict[str, str], without: list[str], lacking: list[str], best: str) -> None:
        self.program, self.reps, self.instead, self.without, self.lacking, self.best = program, reps, instead, without, lacking, best


HOME = Programme(
    "hamstrings-at-home",
    ["home-glute-bridge", "home-nordic-curl"],
    {"home-nordic-curl": "home-glute-bridge", "home-single-leg-deadlift": "home-romanian-deadlift"},
    ["home-single-leg-deadlift"],
    ["mat;wall"],
    "home-romanian-deadlift",
)
RUNNERS = Programme(
    "runners-hamstrings",
    ["calf-raise", "glute-bridge"],
    {"nordic-curl": "sliding-leg-curl", "single-leg-deadlift": "romanian-deadlift"},
    ["plank", "hip-90-90"],
    [],
    "deadlift",
)
PROGRAMMES = {programme.program: programme for programme in (HOME, RUNNERS)}


def row(number: int, programme: Programme, seeded: random.Random) -> dict[str, str]:
    """A person. Each share is drawn for everybody, so that nobody changes when a column is added."""

    def some(share: float, *of: str) -> str:
        drawn, chosen = seeded.random(), seeded.choice(of)
        return chosen if drawn < share else ""

    def one_of(column: str, share: float, choices: list[str]) -> dict[str, str]:
        return {column: some(share, *choices)} if choices else {}

    name = f"{seeded.choice(GIVEN)} {seeded.choice(FAMILY)}"
    person = {
        "id": f"p-{number:07}",
        "name": some(1 / 30, *OTHERS) or name,
        "program": programme.program,
        "start": some(0.95, *(f"2027-{month:02}-{day:02}" for month in range(1, 7) for day in range(1, 29))),
        "language": some(0.15, LANGUAGE),
        "units": some(0.15, "lb;mi"),
        "paper": some(0.25, "letter", "letter", "letter", "a5"),
        "large_print": some(0.05, "14", "14", "18"),
        f"best.{programme.best}": some(0.4, *(f"{number * 2.5:g} kg" for number in range(16, 60))),
        "bodyweight": some(0.2, *(f"{number} kg" for number in range(48, 110))),
        "note": some(0.4, *NOTES),
        "from": some(0.8, *PRACTITIONERS),
        "next_visit": some(0.6, *(f"{day} {month} at {hour}:{minute}" for day in range(1, 29) for month in ("January", "March", "May") for hour in (9, 11, 15) for minute in ("00", "30"))),
        "without": some(0.05, *programme.without),
    }
    hour = some(0.4, *(f"{hour:02}:{minute}" for hour in range(6, 21) for minute in ("00", "15", "30")))
    if person["start"] and hour:
        person |= {"at": hour, "timezone": seeded.choice(["Europe/London", "Europe/Prague", "America/New_York", "Australia/Sydney"])}
    person |= one_of("equipment", 0.1, programme.lacking)
    for exercise in programme.reps:
        person[f"doses.{exercise}.reps"] = some(0.15, "6", "8", "10", "12", "8-10", "10-12")
    # An exercise in place of another may not be left out as well, and has to be one that they have the equipment for.
    for exercise, other in programme.instead.items():
        wanted = some(0.06, other)
        person[f"instead.{exercise}"] = "" if person["without"] in (exercise, other) or person.get("equipment") else wanted
    return person


def write(path: Path, people: int, program: str, seed: int) -> None:
    """A table of so many people."""
    programme, seeded = PROGRAMMES[program], random.Random(seed)
    columns = [*row(1, programme, random.Random(seed))]
    columns += [column for column in ("at", "timezone") if column not in columns]
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, columns, restval="", lineterminator="\n")
        table.writeheader()
        for number in range(1, people + 1):
            table.writerow(row(number, programme, seeded))


# --- The catalogue ---------------------------------------------------------------------------------------------------


def text(value: object) -> str:
    """A value as YAML reads it back; JSON is YAML."""
    return json.dumps(value, ensure_ascii=False)


def id_of(work: dict) -> str:
    """The exercise of a block of the sheet."""
    return "home-" + work["title"].lower().replace(" ", "-")


def exercise(work: dict, media: Path) -> str:
    """The file of an exercise of the sheet, whose drawing is copied."""
    drawing = f"home-{work['drawing']}"
    shutil.copyfile(DRAWINGS / work["drawing"], media / drawing)
    equipment = {"Romanian deadlift": "[[dumbbell]]\nsubstitutes: [home-glute-bridge]", "Single-leg deadlift": "[[wall]]"}.get(work["title"], "[[mat]]")
    return f"""kind: strength
pattern: hinge
laterality: {"unilateral" if "each side" in work["dose"] else "bilateral"}
level: 1
muscles: [{{target: "muscle-group:hamstrings", role: prime}}]
equipment: {equipment}
media: [{{id: overview, file: media/{drawing}, role: overview, author: Regimen contributors, licence: CC-BY-4.0}}]
words:
  name: {text(work["title"])}
  summary: {text(work["dose"])}
  steps: {text(work["steps"])}
  cues: {text([work["mind"]])}
  stop_if: {text([work["stop"]])}
  alt: {{overview: {text(work["alt"])}}}
"""


def doses(work: dict) -> list[str]:
    """The dose of each week of an exercise of the sheet."""
    sets, rest = work["dose"].split(" ")[0], work["dose"].rsplit(", ", 1)[1].removesuffix(" rest")
    side = ", per_side: true" if "each side" in work["dose"] else ""
    weeks = (re.fullmatch(r"(\d+) reps(?:, (\d+ kg))?", week["dose"]) for week in work["weeks"])
    return [f"{{sets: {sets}, reps: {week[1]}{side}{f', load: {week[2]}' if week[2] else ''}, rest: {rest}}}" for week in weeks if week]


def add_home(catalog: Path) -> None:
    """Adds the programme of the sheet: its exercises three days a week, with the doses of each week."""
    sheet = json.loads((HERE / "handout" / "sheet.json").read_text("utf-8"))
    works = [block for block in sheet["blocks"] if block["kind"] == "work"]
    stop = next(block for block in sheet["blocks"] if block["kind"] == "callout")
    for work in works:
        (catalog / "exercises" / f"{id_of(work)}.yaml").write_text(exercise(work, catalog / "media"), "utf-8")
    lines = "".join(f"  - {{exercise: {id_of(work)}, dose: {doses(work)[0]}}}\n" for work in works)
    (catalog / "sessions" / "home.yaml").write_text(
        f"kind: strength\nmain:\n{lines}words:\n  name: Home exercises\n  summary: {text(sheet['summary'])}\n", "utf-8"
    )
    # Numbered days move to the days that somebody has.
    placed = "".join(f"      - {{session: home, day: {day}}}\n" for day in (1, 3, 5))
    progression = "".join(f"      - {{exercise: {id_of(work)}, explicit: [{', '.join(doses(work))}]}}\n" for work in works)
    notes = text([f"{stop['text']} {' '.join(stop['items'])}"])
    (catalog / "programs" / f"{HOME.program}.yaml").write_text(
        f"level: 1\nphases:\n  - id: all\n    kind: rehab\n    weeks: {len(works[0]['weeks'])}\n    sessions:\n{placed}    progression:\n{progression}"
        f"words:\n  name: {text(sheet['title'])}\n  summary: {text(sheet['summary'])}\n  goal: Hamstrings that carry you\n"
        f"  audience: For you\n  notes: {notes}\n  phases: {{all: A little more each week.}}\n",
        "utf-8",
    )


def add_language(catalog: Path) -> None:
    """Adds a second language. Its words are those of the first, so that sheets are of the same length."""
    for file in catalog.rglob("*.yaml"):
        words = re.search(r"^words:\n((?:  .*\n|\n)+)", file.read_text("utf-8"), re.MULTILINE)
        if words and file.parent.name not in ("sources", "brand"):
            lines = (line.removeprefix("  ") for line in words[1].splitlines(keepends=True))
            file.with_suffix(f".{LANGUAGE}.yaml").write_text("".join(lines), "utf-8")
    (catalog / "languages").mkdir(exist_ok=True)
    shutil.copyfile(LABELS, catalog / "languages" / f"{LANGUAGE}.yaml")


def copy_catalog(source: Path, catalog: Path, layout: str) -> None:
    """The catalogue in another folder, with both programmes and two languages, and sheets of one layout."""
    shutil.copytree(source, catalog)
    settings = catalog / "regimen.yaml"
    kept = re.sub(r"^(exporters|schedules):\n((  .*)?\n)*", "", settings.read_text("utf-8"), flags=re.MULTILINE)
    # What `docs/rules.md` asks of a published programme is not asked of one that is measured.
    rules = "rules: {cool-down: off, warm-up: off, source-missing: off, weekly-sets: off, frequency: off, strength-and-mobility: off, sheet-gap: off}\n"
    settings.write_text(f"{rules}{kept}exporters:\n  pdf: {{layout: {layout}}}\n", "utf-8")
    add_home(catalog)
    add_language(catalog)
