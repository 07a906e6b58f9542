"""What ISO 19005-2 (PDF/A-2a) asks of a handout, looked up in the objects of the file with pikepdf.

`findings(path)` gives each breach as a rule and what is wrong; `pdf.py` asks it along with the others. It is written
from the standard and shares no code with the program or with `page-validation`, so that three have to be wrong at once.
A handout needs less than the standard allows, and what it has no need of is a finding as well: scripts, attachments,
layers, and links to anywhere but the web and its own pages.
"""

import re
import sys
from collections import Counter

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Stream, String

# Table 333 of ISO 32000-1 and those below it.
STANDARD = set(
    "Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private P H H1 H2 H3 H4 H5 H6 L LI Lbl LBody Table TR TH TD"
    " THead TBody TFoot Span Quote Note Reference BibEntry Code Link Annot Ruby RB RT RP Warichu WT WP Figure Formula Form".split()
)
BLEND_MODES = set(
    "Normal Compatible Multiply Screen Overlay Darken Lighten ColorDodge ColorBurn HardLight SoftLight Difference Exclusion Hue"
    " Saturation Color Luminosity".split()
)
LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$")
IDENTIFIERS = {"pdfaid:part": "2", "pdfaid:conformance": "A", "pdfuaid:part": "1"}
# The names of what is said in both places: the information dictionary and XMP.
SAID_TWICE = {
    "/Title": "dc:title",
    "/Subject": "dc:description",
    "/Keywords": "pdf:Keywords",
    "/Producer": "pdf:Producer",
    "/Creator": "xmp:CreatorTool",
}
MOST_SAVED_STATES = 28


class Judge:
    def __init__(self, path):
        self.path = path
        self.pdf = pikepdf.open(path)
        self.root = self.pdf.Root
        self.found = []

    def say(self, rule, message):
        self.found.append([rule, str(message)])

    def ask(self, holds, rule, message):
        if not holds:
            self.say(rule, message)

    def judge(self):
        self.of_the_file()
        self.of_the_catalogue()
        self.of_metadata()
        self.of_colours()
        for thing in self.pdf.objects:
            self.of_an_object(thing, 0)
        for number, page in enumerate(self.pdf.pages, 1):
            self.of_a_page(page.obj, f"page {number}")
        self.of_fields()
        self.of_the_tree()
        return self.found

    # 6.1: the file.
    def of_the_file(self):
        with open(self.path, "rb") as file:
            raw = file.read()
        self.ask(re.match(rb"%PDF-1\.[0-7]\r?\n%[\x80-\xff]{4}", raw), "6.1.2", "the header")
        self.ask(raw.rstrip(b"\r\n").endswith(b"%%EOF"), "6.1.3", "bytes behind the end")
        self.ask(len(self.pdf.trailer.get("/ID", [])) == 2, "6.1.3", "no /ID in the trailer")
        self.ask(not self.pdf.is_encrypted, "6.1.3", "encrypted")

    def of_the_catalogue(self):
        root = self.root
        self.ask(root.get("/MarkInfo", {}).get("/Marked") is True, "6.7.2.2", "not marked")
        self.ask(LANGUAGE.match(str(root.get("/Lang", ""))), "6.7.4", f"language {root.get('/Lang')}")
        self.ask(root.get("/ViewerPreferences", {}).get("/DisplayDocTitle") is True, "ua 7.1", "the title is not shown")
        for key in ("/OpenAction", "/AA", "/OCProperties", "/Requirements", "/Collection", "/Names", "/NeedsRendering"):
            self.ask(key not in root, "6.5", f"the catalogue has {key}")

    # 6.6: metadata.
    def of_metadata(self):
        metadata = self.root.get("/Metadata")
        if not isinstance(metadata, Stream):
            return self.say("6.6.2.1", "no metadata")
        self.ask("/Filter" not in metadata, "6.6.2.1", "metadata that older programs cannot see")
        with self.pdf.open_metadata() as xmp:
            for name, wanted in IDENTIFIERS.items():
                self.ask(xmp.get(name) == wanted, "6.6.4", f"{name} is {xmp.get(name)}")
            for key, name in SAID_TWICE.items():
                one, other = self.pdf.docinfo.get(key), xmp.get(name)
                self.ask((str(one) if one is not None else None) == other, "6.6.3", f"{key} is {one}, {name} is {other}")
            author = self.pdf.docinfo.get("/Author")
            names = ", ".join(xmp.get("dc:creator") or [])
            self.ask((str(author) if author is not None else "") == names, "6.6.3", f"/Author is {author}, {names}")
            self.ask(xmp.get("dc:title"), "ua 7.1", "no title")
        for key in self.pdf.docinfo.keys():
            self.ask(key in SAID_TWICE or key == "/Author", "6.6.3", f"{key} is not in the metadata")

    # 6.2.3 and 6.2.4: what colours mean.
    def of_colours(self):
        intents = [one for one in self.root.get("/OutputIntents", []) if one.get("/S") == Name.GTS_PDFA1]
        if len(intents) != 1 or not isinstance(intents[0].get("/DestOutputProfile"), Stream):
            return self.say("6.2.3", f"{len(intents)} output intents")
        self.ask(str(intents[0].get("/OutputConditionIdentifier", "")), "6.2.3", "an output intent without a name")
        self.profile(intents[0].DestOutputProfile, {b"RGB ": 3}, (b"mntr", b"prtr"))

    def profile(self, stream, spaces, classes):
        profile = stream.read_bytes()
        self.ask(int.from_bytes(profile[:4], "big") == len(profile), "6.2.3", "the length of a profile")
        self.ask(profile[36:40] == b"acsp" and profile[8] in (2, 4), "6.2.3", "a profile of no known version")
        self.ask(profile[12:16] in classes, "6.2.3", f"a profile of class {profile[12:16]}")
        self.ask(spaces.get(profile[16:20]) == stream.get("/N"), "6.2.3", f"a profile for {profile[16:20]}")
        tags = [profile[at : at + 4] for at in range(132, 132 + 12 * int.from_bytes(profile[128:132], "big"), 12)]
        self.ask({b"desc", b"cprt", b"wtpt"} <= set(tags), "6.2.3", f"a profile with {tags}")

    def space(self, space, where):
        """A colour space; those of the device mean what the output intent says."""
        if isinstance(space, Array):
            kind = space[0]
            if kind == Name.ICCBased:
                spaces = {b"RGB ": 3, b"GRAY": 1, b"CMYK": 4}
                return self.profile(space[1], spaces, (b"mntr", b"prtr", b"scnr", b"spac"))
            if kind in (Name.Indexed, Name.Pattern):
                return self.space(space[1], where) if len(space) > 1 else None
            return self.say("6.2.4", f"{where} has colours of {kind}")
        self.ask(space in (Name.DeviceRGB, Name.DeviceGray, Name.Pattern), "6.2.4.3", f"{where} has colours of {space}")

    # Whatever may be anywhere.
    def of_an_object(self, thing, depth):
        if isinstance(thing, (Dictionary, Stream)):
            if isinstance(thing, Stream):
                self.of_a_stream(thing)
            for key, value in thing.items():
                self.ask(key not in ("/AA", "/JS", "/XFA", "/EmbeddedFiles", "/EF", "/OC", "/TR", "/HTP"), "6.5", f"there is {key}")
                self.ask(len(key.encode()) <= 127, "6.1.13", f"a long name: {key}")
                if not (isinstance(value, Object) and value.is_indirect):
                    self.of_an_object(value, depth + 1)
            if thing.get("/Type") == Name.Font:
                self.of_a_font(thing)
            if "/S" in thing and thing.get("/Type") in (None, Name.Action) and isinstance(thing.get("/S"), Name):
                action = thing.S in (Name.JavaScript, Name.Launch, Name.Sound, Name.Movie, Name.ResetForm, Name.ImportData, Name.SubmitForm)
                self.ask(not action, "6.5.1", f"an action: {thing.S}")
            if thing.get("/BM") is not None:
                self.ask(str(thing.BM)[1:] in BLEND_MODES, "6.2.10", f"a blend mode: {thing.BM}")
            if thing.get("/S") == Name.Transparency and "/CS" in thing:
                self.space(thing.CS, "a group")
            if "/ShadingType" in thing:
                self.space(thing.ColorSpace, "a shading")
        elif isinstance(thing, Array):
            for value in thing:
                if not (isinstance(value, Object) and value.is_indirect):
                    self.of_an_object(value, depth + 1)
        elif isinstance(thing, String):
            self.ask(len(bytes(thing)) <= 32767, "6.1.13", "a long string")

    def of_a_stream(self, stream):
        for key in ("/F", "/FFilter", "/FDecodeParms"):
            self.ask(key not in stream, "6.1.7.1", f"a stream has {key}")
        filters = stream.get("/Filter")
        for one in filters if isinstance(filters, Array) else [filters] if filters is not None else []:
            self.ask(one in (Name.FlateDecode, Name.DCTDecode), "6.1.7.2", f"a stream is packed with {one}")
        if stream.get("/Subtype") == Name.Image:
            self.ask("/Alternates" not in stream and "/OPI" not in stream, "6.2.8", "a picture has others")
            self.ask(stream.get("/Interpolate", False) is False, "6.2.8", "a picture is smoothed")
            self.space(stream.ColorSpace, "a picture")
        if stream.get("/Subtype") == Name.Form:
            for key in ("/OPI", "/PS", "/Ref", "/Subtype2"):
                self.ask(key not in stream, "6.2.9", f"a form has {key}")
            self.of_operators(stream, stream.get("/Resources", {}), "a form")
        if stream.get("/PatternType") == 1:
            self.of_operators(stream, stream.get("/Resources", {}), "a pattern")

    # 6.2.11: fonts.
    def of_a_font(self, font):
        name = font.get("/BaseFont")
        kind = font.Subtype
        if kind == Name.Type0:
            [inner] = font.DescendantFonts
            self.ask(inner.BaseFont == name, "6.2.11.2", f"{name} is also {inner.BaseFont}")
            self.ask(font.Encoding in (Name("/Identity-H"),) or isinstance(font.Encoding, Stream), "6.2.11.3.3", f"{name}: {font.Encoding}")
            if isinstance(font.Encoding, Stream):
                text = font.Encoding.read_bytes().decode()
                [cmap] = re.findall(r"/CMapName /(\S+) def", text)
                self.ask(font.Encoding.CMapName == "/" + cmap, "6.2.11.3.3", f"the encoding {cmap}")
                self.ask("usecmap" not in text, "6.2.11.3.3", "an encoding that needs another one")
            if inner.Subtype == Name.CIDFontType2:
                numbers = inner.get("/CIDToGIDMap")
                self.ask(numbers == Name.Identity or isinstance(numbers, Stream), "6.2.11.3.2", f"{name}: {numbers}")
        elif kind in (Name.CIDFontType0, Name.CIDFontType2):
            return self.program(font)
        elif kind == Name.TrueType:
            symbolic = font.FontDescriptor.Flags & 4
            self.ask(not symbolic and font.get("/Encoding") == Name.WinAnsiEncoding, "6.2.11.6", f"{name}: encoding")
            self.ask(len(font.Widths) == font.LastChar - font.FirstChar + 1, "6.2.11.5", f"{name}: widths")
            self.program(font)
        else:
            self.say("6.2.11", f"{name} is of kind {kind}")
        self.ask(isinstance(font.get("/ToUnicode"), Stream), "6.2.11.7.2", f"{name} says not what its signs are read as")
        for code, text in unicode(font).items():
            self.ask(text and not set(text) & {"\0", "\ufeff", "\ufffe"}, "6.2.11.7.2", f"{name}: {code} is {text!r}")

    def program(self, font):
        descriptor = font.get("/FontDescriptor", {})
        files = [key for key in ("/FontFile", "/FontFile2", "/FontFile3") if key in descriptor]
        self.ask(len(files) == 1, "6.2.11.4.1", f"{font.BaseFont} is not embedded")
        self.ask(re.match(r"/[A-Z]{6}\+", str(font.BaseFont)), "6.2.11.4.2", f"{font.BaseFont} is said to be whole")
        self.ask(descriptor.get("/FontName") == font.BaseFont, "6.2.11.2", f"{font.BaseFont}: {descriptor.get('/FontName')}")
        self.ask("/CIDSet" not in descriptor and "/CharSet" not in descriptor, "6.2.11.4.2", f"{font.BaseFont} lists its signs")

    # 6.2.2: pages and what is painted.
    def of_a_page(self, page, where):
        self.ask(all(3 <= side <= 14400 for side in map(float, page.MediaBox[2:])), "6.1.13", f"{where} is too large")
        self.ask("/Resources" in page, "6.2.2", f"{where} has no resources")
        self.ask(page.get("/Tabs") == Name.S, "ua 7.18.3", f"{where}: tabs are not in order")
        self.of_operators(page, page.get("/Resources", {}), where, marked=True)
        for annotation in page.get("/Annots", []):
            self.of_an_annotation(annotation, where)

    def of_operators(self, stream, resources, where, marked=False):
        saved, deepest, open_marks, font = 0, 0, [], None
        for operands, operator in pikepdf.parse_content_stream(stream):
            match str(operator):
                case "q":
                    saved += 1
                    deepest = max(deepest, saved)
                case "Q":
                    saved -= 1
                case "k" | "K":
                    self.say("6.2.4.3", f"{where} is painted in inks")
                case "cs" | "CS":
                    self.space(operands[0], where)
                case "Do":
                    self.ask(operands[0] in resources.get("/XObject", {}), "6.2.2", f"{where} shows {operands[0]}")
                case "gs":
                    self.ask(operands[0] in resources.get("/ExtGState", {}), "6.2.2", f"{where} sets {operands[0]}")
                case "ri":
                    self.say("6.2.6", f"{where} has an intent")
                case "BMC" | "BDC":
                    open_marks.append(str(operands[0]))
                    known = len(operands) > 1 and "/MCID" in operands[1]
                    role = operands[0] == Name.Artifact or known or "/Artifact" in open_marks
                    self.ask(role or not marked, "6.7.2.2", f"{where} has a piece of {operands[0]} that belongs to nothing")
                case "EMC":
                    open_marks.pop()
                case "Tf":
                    font = resources.get("/Font", {}).get(operands[0])
                    self.ask(font is not None, "6.2.2", f"{where} is set in {operands[0]}")
                case "Tj" | "TJ":
                    self.ask(open_marks or not marked, "6.7.2.2", f"{where} has words that belong to nothing")
                    shown = operands[0] if isinstance(operands[0], Array) else [operands[0]]
                    if font is not None and font.Subtype == Name.Type0:
                        self.of_signs(font, b"".join(bytes(part) for part in shown if isinstance(part, String)), where)
                case "f" | "f*" | "S" | "B" | "sh" | "BI":
                    self.ask(open_marks or not marked, "6.7.2.2", f"{where} has ink that belongs to nothing")
        self.ask(deepest <= MOST_SAVED_STATES, "6.1.13", f"{where} saves {deepest} states")
        self.ask(saved == 0 and not open_marks, "6.2.2", f"{where} leaves {saved} states and {open_marks} open")

    def of_signs(self, font, codes, where):
        known = unicode(font)
        if not known:
            return
        for at in range(0, len(codes), 2):
            code = int.from_bytes(codes[at : at + 2], "big")
            self.ask(code != 0, "6.2.11.8", f"{where} shows a sign that {font.BaseFont} lacks")
            self.ask(code in known or code == 0, "6.2.11.7.2", f"{where} has a sign of {font.BaseFont} that is read as nothing: {code}")

    # 6.3: links and fields.
    def of_an_annotation(self, annotation, where):
        kind = annotation.Subtype
        flags = int(annotation.get("/F", 0))
        self.ask(kind in (Name.Link, Name.Widget), "6.3.1", f"{where} has an annotation: {kind}")
        self.ask(flags & 4 and not flags & (1 | 2 | 32 | 256), "6.3.2", f"{where}: a {kind} has flags {flags}")
        self.ask("/StructParent" in annotation, "ua 7.18.1", f"{where}: a {kind} is in no element")
        said = annotation.get("/Contents") if kind == Name.Link else annotation.get("/TU")
        self.ask(str(said or "").strip(), "ua 7.18", f"{where}: a {kind} says nothing")
        self.ask("/C" not in annotation and "/CA" not in annotation, "6.3.3", f"{where}: a {kind} has a colour")
        if "/A" in annotation:
            self.ask(annotation.A.S == Name.URI and kind == Name.Link, "6.5.1", f"{where}: an action {annotation.A.S}")
        if kind != Name.Link:
            looks = annotation.get("/AP", {})
            self.ask(list(looks.keys()) == ["/N"], "6.3.3", f"{where}: a {kind} has looks {list(looks.keys())}")
            states = looks.get("/N")
            is_button = annotation.get("/FT") == Name.Btn
            self.ask(is_button != isinstance(states, Stream), "6.3.3", f"{where}: looks of a {kind}")
            if is_button:
                self.ask(str(annotation.get("/AS")) in states.keys(), "6.3.3", f"{where}: {annotation.get('/AS')} has no look")

    # 6.4: forms.
    def of_fields(self):
        form = self.root.get("/AcroForm")
        if form is None:
            return
        self.ask(form.get("/NeedAppearances", False) is False, "6.4.1", "looks of fields are left to others")
        self.ask("/XFA" not in form, "6.4.2", "there is XFA")
        shown = {one.objgen for page in self.pdf.pages for one in page.obj.get("/Annots", []) if one.Subtype == Name.Widget}
        listed = [field.objgen for field in form.Fields]
        self.ask(shown == set(listed) and len(shown) == len(listed), "6.4.1", f"{len(shown)} fields are shown, {len(listed)} listed")
        names = Counter(str(field.T) for field in form.Fields)
        self.ask(all(count == 1 for count in names.values()), "6.4.1", "fields share a name")

    # 6.7: elements.
    def of_the_tree(self):
        tree = self.root.get("/StructTreeRoot")
        if tree is None:
            return self.say("6.7.3", "no elements")
        roles = {str(key): value for key, value in tree.get("/RoleMap", {}).items()}
        todo, count = list(tree.get("/K", [])), 0
        while todo:
            element = todo.pop()
            if not isinstance(element, Dictionary) or "/S" not in element:
                continue
            count += 1
            kind = str(roles.get(str(element.S), element.S))[1:]
            self.ask(kind in STANDARD, "6.7.3.4", f"an element is {element.S}")
            self.ask(kind not in ("Figure", "Formula") or str(element.get("/Alt", "")).strip(), "6.7.5", "a picture without words")
            if "/Lang" in element:
                self.ask(LANGUAGE.match(str(element.Lang)), "6.7.4", f"language {element.Lang}")
            kids = element.get("/K", [])
            todo.extend(kids if isinstance(kids, Array) else [kids])
        self.ask(count > 1, "6.7.3", "no elements")


KNOWN = {}


def unicode(font):
    """What the codes of a font are read as."""
    if not isinstance(font.get("/ToUnicode"), Stream):
        return {}
    key = font.ToUnicode.objgen
    if key not in KNOWN:
        text = font.ToUnicode.read_bytes().decode()
        pairs = re.findall(r"^<([0-9A-F]+)> <([0-9A-F]*)>$", text[text.index("endcodespacerange") :], re.M)
        KNOWN[key] = {int(code, 16): bytes.fromhex(units).decode("utf-16-be", "replace") for code, units in pairs}
    return KNOWN[key]


def findings(path):
    """Every breach, each once."""
    KNOWN.clear()
    found = Judge(path).judge()
    return [list(one) for one in dict.fromkeys(map(tuple, found))]


if __name__ == "__main__":
    for path in sys.argv[1:]:
        for rule, message in findings(path):
            print(f"{path}: {rule}: {message}")
