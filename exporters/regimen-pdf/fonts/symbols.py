"""Puts RegimenSymbols.ttf together from fonts of the Noto project.

    python3 -m pip install fonttools brotli
    python3 symbols.py FOLDER-WITH-NOTO-SANS NotoEmoji.woff2 RegimenSymbols.ttf

The first font that has a character gives its glyph.
"""

import sys
import tempfile
from pathlib import Path

from fontTools import subset
from fontTools.merge import Merger, Options as MergerOptions
from fontTools.ttLib import TTFont
from fontTools.ttLib.scaleUpem import scale_upem
from fontTools.ttLib.tables._g_l_y_f import Glyph

TEXT_FONTS = ["NotoSansSymbols2-Regular.ttf", "NotoSansSymbols-Regular.ttf", "NotoSansMath-Regular.ttf"]


def characters(*ranges):
    return {code for first, last in ranges for code in range(first, last + 1)}


SYMBOLS = characters(
    (0x2070, 0x209F), (0x20A0, 0x20BF), (0x2100, 0x218F), (0x2190, 0x21FF), (0x2200, 0x22FF), (0x2300, 0x23FF),
    (0x2460, 0x24FF), (0x2580, 0x25FF), (0x2600, 0x26FF), (0x2700, 0x27BF), (0x27C0, 0x27CF), (0x27F0, 0x27FF),
    (0x2900, 0x297F), (0x2B00, 0x2BFF), (0x3030, 0x3030), (0x303D, 0x303D), (0x3297, 0x3297), (0x3299, 0x3299),
)
EMOJI = characters((0x1F300, 0x1F6FF), (0x1F7E0, 0x1F7EB), (0x1F900, 0x1F9FF), (0x1FA70, 0x1FAFF))
# Digits begin the emoji of keys.
DIGITS = set(map(ord, "0123456789#*"))
# The key around a digit, the joiner, the selectors of presentation, the tones of skin.
BLANK = characters((0x20E3, 0x20E3), (0x200D, 0x200D), (0xFE0E, 0xFE0F), (0x1F3FB, 0x1F3FF))

NAMES = {
    0: "Copyright 2013, 2016, 2017, 2018 Google LLC; symbols of Noto Sans Symbols, Noto Sans Symbols 2, Noto Sans Math "
    "and Noto Emoji",
    1: "Regimen Symbols",
    2: "Regular",
    3: "RegimenSymbols-Regular;1",
    4: "Regimen Symbols Regular",
    5: "Version 1.000",
    6: "RegimenSymbols-Regular",
    13: "This Font Software is licensed under the SIL Open Font License, Version 1.1.",
    14: "https://openfontlicense.org",
}


def part(path, wanted):
    """The glyphs of these characters, on a grid of 1000 units, without hints and layout."""
    font = TTFont(path)
    options = subset.Options()
    options.hinting = False
    options.layout_features = []
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "DSIG", "STAT", "MATH", "meta", "vhea", "vmtx", "gasp"]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=wanted)
    subsetter.subset(font)
    if font["head"].unitsPerEm != 1000:
        scale_upem(font, 1000)
    font.flavor = None
    return font


def parts(folder, emoji):
    have = set()
    for name in TEXT_FONTS:
        extra = DIGITS if "Math" in name else set()
        wanted = (set(TTFont(folder / name).getBestCmap()) & (SYMBOLS | extra)) - have
        have |= wanted
        yield part(folder / name, wanted)
    yield part(emoji, ((set(TTFont(emoji).getBestCmap()) & (SYMBOLS | EMOJI)) - have - BLANK) | {0x20})


def finish(font):
    # One glyph each, so that text copied from a page has the character.
    names = {code: f"blank{code:04X}" for code in sorted(BLANK)}
    order = [name for name in font.getGlyphOrder() if name not in names.values()]
    for name in names.values():
        font["glyf"][name] = Glyph()
        font["glyf"][name].numberOfContours = 0
        font["hmtx"][name] = (0, 0)
    font.setGlyphOrder(order + list(names.values()))
    for table in font["cmap"].tables:
        reach = 0x110000 if table.format == 12 else 0x10000
        table.cmap.update({code: name for code, name in names.items() if table.isUnicode() and code < reach})
    font["name"].names = []
    for number, text in NAMES.items():
        font["name"].setName(text, number, 3, 1, 0x409)
    font["post"].formatType = 3.0
    font["OS/2"].fsType = 0
    # The same bytes on every day.
    font.recalcTimestamp = False
    font["head"].created = font["head"].modified = 3_786_912_000
    font["hhea"].ascent, font["hhea"].descent = 984, -273


def main(folder, emoji, out):
    with tempfile.TemporaryDirectory() as scratch:
        files = []
        for number, font in enumerate(parts(Path(folder), Path(emoji))):
            files.append(str(Path(scratch) / f"{number}.ttf"))
            font.save(files[-1])
        drop = ["GSUB", "GPOS", "GDEF", "prep", "fpgm", "cvt ", "gasp", "meta", "STAT", "vhea", "vmtx"]
        merged = Merger(options=MergerOptions(drop_tables=drop)).merge(files)
    finish(merged)
    merged.save(out)


if __name__ == "__main__":
    main(*sys.argv[1:])
