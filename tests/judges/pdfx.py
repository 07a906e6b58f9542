"""What ISO 15930-7 (PDF/X-4) and a print shop ask of a handout, looked up in the objects of the file with pikepdf.

    pdfx.py PATH...

Prints, for each path, the breaches as a rule and what is wrong, and the inks in which words are set. It shares its
way through objects with `pdfa.py`, and nothing with the program.
"""

import json
import sys

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String

import pdfa

WANTED = {
    "pdfxid:GTS_PDFXVersion": "PDF/X-4",
    "pdf:Trapped": "False",
    "xmpMM:VersionID": "1",
    "xmpMM:RenditionClass": "default",
}
THERE = ("dc:title", "xmp:CreateDate", "xmp:ModifyDate", "xmp:MetadataDate", "xmpMM:DocumentID")
# Characterisations of offset in the registry of the ICC.
CONDITIONS = {"FOGRA39", "FOGRA51", "FOGRA52", "CGATS TR 001", "CGATS TR 006"}


class Judge(pdfa.Judge):
    def __init__(self, path):
        super().__init__(path)
        self.words = set()

    # PDF/X-4 says nothing of fields but that there are none, and nothing of tags.
    def of_fields(self):
        pass

    def of_the_tree(self):
        pass

    def of_the_catalogue(self):
        for key in ("/AcroForm", "/OpenAction", "/AA", "/OCProperties", "/Names", "/Requirements"):
            self.ask(key not in self.root, "6.17", f"the catalogue has {key}")

    def of_metadata(self):
        info = self.pdf.docinfo
        with self.pdf.open_metadata() as xmp:
            for name, wanted in WANTED.items():
                self.ask(xmp.get(name) == wanted, "6.6", f"{name} is {xmp.get(name)}")
            for name in THERE:
                self.ask(xmp.get(name), "6.6", f"there is no {name}")
            for name in ("pdfaid:part", "pdfuaid:part"):
                self.ask(name not in xmp, "ours", f"{name} is claimed")
            self.ask(str(info.get("/Title")) == xmp.get("dc:title"), "6.6", "two titles")
        self.ask(info.get("/Trapped") == Name("/False"), "6.7", f"trapped: {info.get('/Trapped')}")
        self.ask("/CreationDate" in info and "/ModDate" in info, "6.6", "no dates")

    def of_colours(self):
        intents = list(self.root.get("/OutputIntents", []))
        if [one.S for one in intents] != [Name.GTS_PDFX]:
            return self.say("6.2.2", f"{len(intents)} output intents")
        [intent] = intents
        self.ask(str(intent.OutputConditionIdentifier) in CONDITIONS, "6.2.2", f"{intent.OutputConditionIdentifier}")
        self.ask(str(intent.RegistryName) == "http://www.color.org", "6.2.2", "no registry")
        self.profile(intent.DestOutputProfile, {b"CMYK": 4}, (b"prtr",))

    def space(self, space, where):
        if space in (Name.DeviceCMYK, Name.DeviceGray, Name.Pattern):
            return None
        if isinstance(space, Array):
            return super().space(space, where)
        return self.say("6.2.3", f"{where} has colours of {space}")

    def of_a_page(self, page, where):
        boxes = [[float(edge) for edge in page.get(name, [])] for name in ("/MediaBox", "/BleedBox", "/TrimBox")]
        if not all(len(box) == 4 for box in boxes):
            return self.say("6.11", f"{where} has boxes {boxes}")
        media, bleed, trim = boxes
        for outer, inner, least in ((media, bleed, 0.0), (bleed, trim, 8.4)):
            room = [inner[0] - outer[0], inner[1] - outer[1], outer[2] - inner[2], outer[3] - inner[3]]
            self.ask(min(room) >= least, "6.11", f"{where} has boxes {boxes}")
        self.ask("/ArtBox" not in page and "/CropBox" not in page, "6.11", f"{where} has more boxes")
        self.ask("/Annots" not in page, "6.17", f"{where} has annotations")
        self.ask(page.get("/Group", {}).get("/CS") == Name.DeviceCMYK, "6.3", f"{where} mixes colours of screens")
        self.of_operators(page, page.Resources, where, marked=True)

    def of_operators(self, stream, resources, where, marked=False):
        has_screen = isinstance(resources.get("/ColorSpace", {}).get("/DefaultRGB"), Array)
        fill = ("g", 0.0)
        for operands, operator in pikepdf.parse_content_stream(stream):
            name = str(operator)
            if name in ("g", "k", "rg"):
                fill = (name, *map(float, operands))
            if name in ("rg", "RG"):
                self.ask(has_screen and not marked, "6.2.3", f"{where} has colours of screens that mean nothing")
            elif name in ("cs", "CS"):
                self.space(operands[0], where)
            elif name in ("Tj", "TJ"):
                self.words.add(fill)
            elif name == "Do":
                self.ask(operands[0] in resources.get("/XObject", {}), "6.2", f"{where} shows {operands[0]}")
            elif name in ("ri", "BI"):
                self.say("6.2", f"{where} has {name}")


if __name__ == "__main__":
    answers = {}
    for path in sys.argv[1:]:
        judge = Judge(path)
        found = judge.judge()
        answers[path] = {"findings": [list(one) for one in dict.fromkeys(map(tuple, found))], "words": sorted(judge.words)}
    print(json.dumps(answers))
