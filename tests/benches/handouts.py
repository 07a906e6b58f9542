"""How much of a processor a handout or a sheet takes for each reader, beside three other programs that print it.

    apt-get install libpango-1.0-0 libpangoft2-1.0-0      # what WeasyPrint sets text with
    python -m venv peers && peers/bin/pip install -r tests/benches/handouts.txt
    cargo build --release -p regimen-tests --features bench --example handouts
    peers/bin/python tests/benches/handouts.py target/release/examples/handouts [FOLDER]

All print the text of `handout/handout.json` (two pages of A4) and of `handout/sheet.json` (a patient's sheet: four
exercises with pictures, steps and boxes to tick) with the same fonts, drawings and tables, as near as each can: what differs is the exact layout, and that ReportLab does not tag. CPU time of whole processes, one for
each engine and count of readers, in turn; the difference between two counts leaves out what it takes to start. The
least of several runs counts, because a busy machine only adds. With a folder, one document of each is kept there.
"""

import html
import json
import re
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
PDF = HERE.parents[1] / "exporters" / "regimen-pdf"
FONTS = PDF / "fonts"
DRAWINGS = PDF / "tests" / "fixtures"
RUNS = 3
# Few and many readers: enough that the difference is far above what a clock of 1 ms sees.
COUNTS = {"regimen": (50, 1050), "typst": (3, 28), "reportlab": (3, 28), "weasyprint": (2, 8)}
ACCENT, MUTED, HEADER = "#1f6f78", "#5b6670", "#e6f0f1"
FIGURES = {"main": "#0f3d44", "helps": "#4a96a0"}
# What is printed; each process prints one of them.
DOCUMENTS = {"handout": "a two-page handout", "sheet": "a patient's sheet"}
HANDOUT: dict = {}


def reader(number: int) -> str:
    """What tells a reader's handout from the others."""
    return HANDOUT["reader"].replace("{reader}", f"Ada Keller ({1000 + number})")


def muscles(card: dict) -> str:
    """The figure of the body with the muscles of a card in colour."""
    wanted = {name: colour for part, colour in FIGURES.items() for name in card["muscles"][part].split()}

    def coloured(found: re.Match[str]) -> str:
        ids = found[1].split(".")[0].split("_")
        colour = next((wanted[name] for name in ids if name in wanted), found[2])
        return f'id="{found[1]}" fill="{colour}"'

    figure = (PDF / "figures" / "muscles.svg").read_text("utf-8")
    return re.sub(r'id="([^"]+)" fill="([^"]+)"', coloured, figure)


def blocks(kind: str) -> list[dict]:
    """The blocks of a kind."""
    return [block for block in HANDOUT["blocks"] if block["kind"] == kind]


def copy_drawings(folder: Path) -> None:
    """Puts the pictures of all cards where a program looks for them."""
    for block in [*blocks("card"), *blocks("work")]:
        (folder / block["drawing"]).write_bytes((DRAWINGS / block["drawing"]).read_bytes())
    for card in blocks("card"):
        (folder / f"{card['drawing'].removesuffix('.svg')}-muscles.svg").write_text(muscles(card), "utf-8")


# --- Typst -----------------------------------------------------------------------------------------------------------


def typst_block(block: dict) -> str:
    """A block in Typst's markup; strings are read from JSON, so that nothing needs to be escaped."""
    text = lambda value: f"#{json.dumps(value, ensure_ascii=False)}"  # noqa: E731
    items = lambda values, sign: "\n".join(f"{sign} {text(value)}" for value in values)  # noqa: E731
    match block["kind"]:
        case "heading":
            return f"= {text(block['text'])}"
        case "paragraph":
            return text(block["text"])
        case "callout":
            inner = f"*{text(block['title'])}*\n\n{text(block['text'])}\n{items(block['items'], '-')}"
            return f'#block(fill: rgb("#f7efe8"), inset: 8pt, width: 100%)[\n{inner}\n]'
        case "table":
            widths = ", ".join({"name": "auto", "amount": "auto", "log": "1fr"}.get(role, "2fr") for _, role in block["columns"])
            header = ", ".join(f"[*{text(title)}*]" for title, _ in block["columns"])
            cells = ",\n".join(", ".join(f"[{text(cell)}]" for cell in row) for row in block["rows"])
            return f'#table(columns: ({widths}), stroke: 0.5pt + rgb("#b0bec5"), inset: 6pt, table.header({header}), {cells})'
        case "fields":
            return "#grid(columns: (1fr, 1fr), " + ", ".join(
                f"[*{text(label)}* {text(value)} #box(width: 1fr, line(length: 100%, stroke: 0.5pt))]" for label, value in block["fields"]
            ) + ")"
        case "scale":
            marks = ", ".join(f"[{'*' if mark <= block['limit'] else ''}{mark}{'*' if mark <= block['limit'] else ''}]" for mark in range(11))
            return f"*{text(block['title'])}* #table(columns: 13, stroke: none, {text(block['least'])[1:]}, {marks}, {text(block['most'])[1:]})"
        case "work":
            box = "#box(width: 9pt, height: 9pt, stroke: 0.6pt)"
            weeks = ", ".join(f"[*{text(week['title'])}* \\ {text(week['dose'])} \\ {' '.join([box] * week['boxes'])}]" for week in block["weeks"])
            picture = f'image("{block["drawing"]}", width: 62mm, alt: {json.dumps(block["alt"])})'
            said = (
                f"[{text(block['dose'])}\n{items(block['steps'], '+')}\n*Keep in mind:* {text(block['mind'])}\n\n"
                f"*Stop if:* {text(block['stop'])}]"
            )
            columns = ", ".join(["1fr"] * len(block["weeks"]))
            return (
                f"= {text(block['title'])}\n#grid(columns: (62mm, 1fr), gutter: 6mm, {picture}, {said})\n"
                f'#table(columns: ({columns}), stroke: 0.5pt + rgb("#b0bec5"), {weeks})'
            )
        case _:
            facts = ",\n".join(f"[*{text(label)}*], [{text(value)}]" for label, value in block["facts"])
            name = block["drawing"].removesuffix(".svg")
            pictures = (
                f'image("{block["drawing"]}", width: 72mm, alt: {json.dumps(block["alt"])})',
                f'image("{name}-muscles.svg", width: 30mm, alt: {json.dumps(block["muscles"]["alt"])})',
            )
            beside = f"[#table(columns: (auto, 1fr), stroke: none, {facts})\n#align(center, {pictures[1]})]"
            faults = f"=== Watch for\n{items(block['faults'], '-')}" if block["faults"] else ""
            return (
                f"== {text(block['title'])}\n#grid(columns: (1fr, 1fr), gutter: 8mm, {pictures[0]}, {beside})\n"
                f"=== How to do it\n{items(block['steps'], '+')}\n{faults}"
            )


def typst_source() -> str:
    """The handout in Typst; the reader's line comes from outside, as a batch would hand it over."""
    contacts = " · ".join([HANDOUT["brand"], *HANDOUT["contacts"], HANDOUT["date"]])
    body = "\n\n".join(typst_block(block) for block in HANDOUT["blocks"])
    return f"""
#set document(title: {json.dumps(HANDOUT["title"])})
#set page(paper: "a4", margin: (x: 18mm, y: 18mm), footer: context text(size: 8pt)[
  #{json.dumps(contacts, ensure_ascii=False)} #h(1fr) Page #counter(page).display() of #counter(page).final().first()])
#set text(font: "Source Sans 3", size: 9.5pt, lang: "en")
#show heading: set text(font: "Figtree", weight: 600, fill: rgb("{ACCENT}"))
#text(size: 9pt, weight: 600)[{HANDOUT["brand"]}]
#title()
#{json.dumps(HANDOUT["summary"])}

#sys.inputs.reader

{body}

#text(size: 8pt)[{HANDOUT["disclaimer"]}]
"""


def with_typst(count: int) -> bytes:
    """One compiler for all readers, which remembers what it has set."""
    import typst

    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        copy_drawings(root)
        (root / "main.typ").write_text(typst_source(), "utf-8")
        compiler = typst.Compiler(str(root / "main.typ"), root=str(root), font_paths=[str(FONTS)], ignore_system_fonts=True)
        for number in range(count):
            made = compiler.compile(format="pdf", sys_inputs={"reader": reader(number)}, pdf_standards=["ua-1"])
    return made


# --- WeasyPrint ------------------------------------------------------------------------------------------------------


def web_block(block: dict) -> str:
    """A block in HTML."""
    items = lambda values: "".join(f"<li>{html.escape(value)}</li>" for value in values)  # noqa: E731
    match block["kind"]:
        case "heading":
            return f"<h2>{html.escape(block['text'])}</h2>"
        case "paragraph":
            return f"<p>{html.escape(block['text'])}</p>"
        case "callout":
            return f"<div class=stop><p><b>{block['title']}</b></p><p>{block['text']}</p><ul>{items(block['items'])}</ul></div>"
        case "table":
            kinds = [role for _, role in block["columns"]]
            header = "".join(f"<th scope=col class={role}>{title}</th>" for title, role in block["columns"])
            row = lambda cells: "".join(f"<td class={kind}>{html.escape(cell)}</td>" for kind, cell in zip(kinds, cells))  # noqa: E731
            rows = "".join(f"<tr>{row(cells)}</tr>" for cells in block["rows"])
            return f"<table class=grid><thead><tr>{header}</tr></thead><tbody>{rows}</tbody></table>"
        case "fields":
            return "<p>" + " ".join(f"<b>{label}</b> {value} ______________________" for label, value in block["fields"]) + "</p>"
        case "scale":
            marks = "".join(f"<td>{f'<b>{mark}</b>' if mark <= block['limit'] else mark}</td>" for mark in range(11))
            return f"<table><tr><th>{block['title']}</th><td>{block['least']}</td>{marks}<td>{block['most']}</td></tr></table>"
        case "work":
            box = "<span class=box></span>"
            weeks = "".join(f"<td><b>{week['title']}</b><br>{week['dose']}<br>{box * week['boxes']}</td>" for week in block["weeks"])
            return (
                f"<h3>{block['title']}</h3><div class=beside><div><img class=drawing src='{block['drawing']}' alt='{block['alt']}'></div>"
                f"<div><p>{html.escape(block['dose'])}</p><ol>{items(block['steps'])}</ol><p><b>Keep in mind:</b> {html.escape(block['mind'])}</p>"
                f"<p><b>Stop if:</b> {html.escape(block['stop'])}</p></div></div><table class=grid><tr>{weeks}</tr></table>"
            )
        case _:
            facts = "".join(f"<tr><th scope=row>{label}</th><td>{html.escape(value)}</td></tr>" for label, value in block["facts"])
            name = block["drawing"].removesuffix(".svg")
            faults = f"<h4>Watch for</h4><ul>{items(block['faults'])}</ul>" if block["faults"] else ""
            return (
                f"<h3>{block['title']}</h3><div class=beside><div><img class=drawing src='{block['drawing']}' "
                f"alt='{block['alt']}'></div><div><table class=facts>{facts}</table><img class=body "
                f"src='{name}-muscles.svg' alt='{block['muscles']['alt']}'></div></div>"
                f"<h4>How to do it</h4><ol>{items(block['steps'])}</ol>{faults}"
            )


def web_style() -> str:
    """The sheet of styles, with the fonts that we ship."""
    faces = {("Source Sans 3", 400): "SourceSans3_400Regular", ("Source Sans 3", 700): "SourceSans3_600SemiBold", ("Figtree", 700): "Figtree_600SemiBold"}
    fonts = "".join(
        f"@font-face {{ font-family: '{family}'; font-weight: {weight}; src: url('{(FONTS / file).as_uri()}.ttf') }}"
        for (family, weight), file in faces.items()
    )
    contacts = " · ".join([HANDOUT["brand"], *HANDOUT["contacts"], HANDOUT["date"]])
    return f"""{fonts}
@page {{ size: A4; margin: 18mm; @bottom-left {{ content: "{contacts}"; font-size: 8pt; white-space: nowrap }}
  @bottom-right {{ content: "Page " counter(page) " of " counter(pages); font-size: 8pt }} }}
body {{ font: 9.5pt 'Source Sans 3'; margin: 0 }} p, ul, ol {{ margin: 4pt 0 }}
h1, h2, h3, h4 {{ font-family: Figtree; color: {ACCENT}; margin: 9pt 0 3pt }}
.stop {{ background: #f7efe8; padding: 6pt; border-left: 2pt solid #b3541e }}
.beside {{ display: flex; gap: 8mm }} .beside > div {{ flex: 1 }} .drawing {{ width: 72mm }} .body {{ width: 30mm; margin-left: 20mm }}
table {{ border-collapse: collapse; width: 100% }} th {{ text-align: left }} .grid td, .grid th {{ border: .5pt solid #b0bec5; padding: 5pt }}
.grid th {{ background: {HEADER} }} .log {{ width: 12% }}
.box {{ display: inline-block; width: 9pt; height: 9pt; border: .6pt solid black; margin-right: 3pt }}"""


def with_weasyprint(count: int) -> bytes:
    """One font configuration and one cache of pictures for all readers."""
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    fonts, cache = FontConfiguration(), {}
    style = CSS(string=web_style(), font_config=fonts)
    body = "".join(web_block(block) for block in HANDOUT["blocks"])
    with tempfile.TemporaryDirectory() as folder:
        copy_drawings(Path(folder))
        for number in range(count):
            page = (
                f"<html lang=en><head><title>{HANDOUT['title']}</title></head><body><p><b>{HANDOUT['brand']}</b></p>"
                f"<h1>{HANDOUT['title']}</h1><p>{HANDOUT['summary']}</p><p>{reader(number)}</p>{body}"
                f"<p><small>{HANDOUT['disclaimer']}</small></p></body></html>"
            )
            document = HTML(string=page, base_url=f"{folder}/")
            made = document.write_pdf(stylesheets=[style], font_config=fonts, cache=cache, pdf_variant="pdf/ua-1")
    return made


# --- ReportLab -------------------------------------------------------------------------------------------------------


def with_reportlab(count: int) -> bytes:
    """Platypus, with drawings read once; its files are not tagged."""
    import io

    from reportlab.lib import colors
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.lib.units import mm
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import ListFlowable, Paragraph, SimpleDocTemplate, Spacer, Table
    from svglib.svglib import svg2rlg

    for name, file in {"Text": "SourceSans3_400Regular", "Bold": "SourceSans3_600SemiBold", "Head": "Figtree_600SemiBold"}.items():
        pdfmetrics.registerFont(TTFont(name, str(FONTS / f"{file}.ttf")))
    text = ParagraphStyle("text", fontName="Text", fontSize=9.5, leading=13)
    bold = ParagraphStyle("bold", text, fontName="Bold")
    small = ParagraphStyle("small", text, fontSize=8, leading=10)
    heads = [ParagraphStyle(f"h{size}", fontName="Head", fontSize=size, leading=size * 1.3, textColor=ACCENT) for size in (20, 14, 11, 9.5)]

    def drawing(source: Path | io.BytesIO, width: float):
        made = svg2rlg(str(source) if isinstance(source, Path) else source)
        factor = width / made.width
        made.scale(factor, factor)
        made.width, made.height = made.width * factor, made.height * factor
        return made

    drawings = {card["title"]: (drawing(DRAWINGS / card["drawing"], 72 * mm), drawing(io.BytesIO(muscles(card).encode()), 30 * mm)) for card in blocks("card")}
    pictures = {work["title"]: drawing(DRAWINGS / work["drawing"], 62 * mm) for work in blocks("work")}
    width = A4[0] - 36 * mm
    items = lambda values, kind: ListFlowable([Paragraph(html.escape(value), text) for value in values], bulletType=kind, bulletFontName="Text")  # noqa: E731
    grid = [("GRID", (0, 0), (-1, -1), 0.5, colors.HexColor("#b0bec5")), ("BACKGROUND", (0, 0), (-1, 0), colors.HexColor(HEADER))]

    def flowables(block: dict) -> list:
        match block["kind"]:
            case "heading":
                return [Paragraph(block["text"], heads[1])]
            case "paragraph":
                return [Paragraph(html.escape(block["text"]), text)]
            case "callout":
                inner = [Paragraph(block["title"], bold), Paragraph(block["text"], text), items(block["items"], "bullet")]
                return [Table([[inner]], colWidths=[width], style=[("BACKGROUND", (0, 0), (-1, -1), colors.HexColor("#f7efe8"))])]
            case "table":
                shares = [{"text": 3, "name": 2, "amount": 1.4}.get(role, 1) for _, role in block["columns"]]
                rows = [[Paragraph(title, bold) for title, _ in block["columns"]]]
                rows += [[Paragraph(html.escape(cell), text) for cell in row] for row in block["rows"]]
                return [Table(rows, colWidths=[width * share / sum(shares) for share in shares], style=grid, repeatRows=1)]
            case "fields":
                return [Paragraph(" ".join(f"<b>{label}</b> {value} ______________________" for label, value in block["fields"]), text)]
            case "scale":
                marks = [Paragraph(f"<b>{mark}</b>" if mark <= block["limit"] else str(mark), text) for mark in range(11)]
                return [Table([[Paragraph(block["title"], bold), Paragraph(block["least"], text), *marks, Paragraph(block["most"], text)]])]
            case "work":
                of_week = lambda week: [Paragraph(week["title"], bold), Paragraph(week["dose"], text), Table([[""] * week["boxes"]], 14, 10, style=[("BOX", (at, 0), (at, 0), 0.6, colors.black) for at in range(week["boxes"])])]  # noqa: E731
                weeks = Table([[of_week(week) for week in block["weeks"]]], colWidths=[width / len(block["weeks"])] * len(block["weeks"]), style=grid[:1])
                said = [Paragraph(block["dose"], text), items(block["steps"], "1"), Paragraph(f"<b>Keep in mind:</b> {block['mind']}", text), Paragraph(f"<b>Stop if:</b> {block['stop']}", text)]
                beside = Table([[pictures[block["title"]], said]], colWidths=[68 * mm, width - 68 * mm])
                return [Paragraph(block["title"], heads[2]), beside, weeks]
            case _:
                facts = Table([[Paragraph(label, bold), Paragraph(html.escape(value), text)] for label, value in block["facts"]], colWidths=[22 * mm, width / 2 - 26 * mm])
                picture, figure = drawings[block["title"]]
                beside = Table([[picture, [facts, figure]]], colWidths=[width / 2, width / 2])
                made = [Paragraph(block["title"], heads[2]), beside, Paragraph("How to do it", heads[3]), items(block["steps"], "1")]
                return made + ([Paragraph("Watch for", heads[3]), items(block["faults"], "bullet")] if block["faults"] else [])

    def footer(canvas, document) -> None:
        canvas.setFont("Text", 8)
        canvas.drawString(18 * mm, 10 * mm, " · ".join([HANDOUT["brand"], *HANDOUT["contacts"], HANDOUT["date"]]))
        canvas.drawRightString(A4[0] - 18 * mm, 10 * mm, f"Page {document.page} of 2")

    for number in range(count):
        out = io.BytesIO()
        sheet = SimpleDocTemplate(out, pagesize=A4, margin=18 * mm, leftMargin=18 * mm, rightMargin=18 * mm, topMargin=16 * mm, bottomMargin=16 * mm, title=HANDOUT["title"])
        story = [Paragraph(HANDOUT["brand"], bold), Paragraph(HANDOUT["title"], heads[0]), Paragraph(HANDOUT["summary"], text), Paragraph(reader(number), text)]
        for block in HANDOUT["blocks"]:
            story += [*flowables(block), Spacer(0, 4)]
        sheet.build([*story, Paragraph(HANDOUT["disclaimer"], small)], onFirstPage=footer, onLaterPages=footer)
        made = out.getvalue()
    return made


# --- All of them -----------------------------------------------------------------------------------------------------

PEERS = {"typst": with_typst, "reportlab": with_reportlab, "weasyprint": with_weasyprint}


def command(program: str, engine: str, printed: str, count: int, file: str | None = None) -> list[str]:
    """What prints for as many readers in a process of its own."""
    start = [program] if engine == "regimen" else [sys.executable, __file__, "--print", engine]
    return [*start, printed, str(count), *([file] if file else [])]


def cpu(arguments: list[str]) -> float:
    """CPU seconds of one process."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(arguments, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def compare(program: str, printed: str, folder: Path | None) -> None:
    """Prints a line for each engine."""
    taken: dict[str, dict[int, list[float]]] = {engine: {count: [] for count in counts} for engine, counts in COUNTS.items()}
    for _ in range(RUNS):
        for engine, counts in taken.items():
            for count, times in counts.items():
                times.append(cpu(command(program, engine, printed, count)))
    each = {}
    for engine, counts in taken.items():
        (few, less), (many, more) = ((count, min(times)) for count, times in counts.items())
        each[engine] = (more - less) / (many - few)
    print(f"CPU of {DOCUMENTS[printed]} for each reader, and how many times ours that is")
    for engine, seconds in each.items():
        print(f"{seconds * 1e3:10.2f} ms {seconds / each['regimen']:8.1f}  {engine}")
    if folder:
        folder.mkdir(exist_ok=True)
        for engine in COUNTS:
            subprocess.run(command(program, engine, printed, 1, str(folder / f"{printed}-{engine}.pdf")), check=True)


def main() -> None:
    """Compares, or is one of the processes that are compared."""
    if sys.argv[1] == "--print":
        _, _, engine, printed, count, *file = sys.argv
        HANDOUT.update(json.loads((HERE / "handout" / f"{printed}.json").read_text("utf-8")))
        made = PEERS[engine](int(count))
        for path in file:
            Path(path).write_bytes(made)
    else:
        program, *folder = sys.argv[1:]
        for printed in DOCUMENTS:
            compare(program, printed, Path(folder[0]) if folder else None)


if __name__ == "__main__":
    main()
