"""Holds drawings against the list of what they may hold, with another reader of XML: drawings.py LIST.json FOLDER

LIST.json has `elements`, `attributes`, `properties`, `functions` and `references`, as the program has them. What is here besides is this
judge's own opinion, so that a list that says too much is found, too. Prints how many drawings were read.
"""

import base64
import json
import re
import sys
from pathlib import Path
from xml.parsers import expat

SVG, XLINK, XML = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink", "http://www.w3.org/XML/1998/namespace"
FORBIDDEN = {"script", "foreignobject", "iframe", "object", "embed", "audio", "video", "canvas", "link", "handler", "metadata"}
PIXELS = {"png": b"\x89PNG\r\n\x1a\n", "jpeg": b"\xff\xd8\xff"}
OWN_FUNCTIONS = {"url"}


class Drawing:
    def __init__(self, lists):
        self.lists = {name: set(words) for name, words in lists.items()}
        self.found, self.style, self.within, self.depth = [], None, [], 0

    def read(self, data):
        parser = expat.ParserCreate("UTF-8", namespace_separator="|")
        parser.StartElementHandler, parser.EndElementHandler = self.start, self.end
        parser.CharacterDataHandler = self.text
        parser.CommentHandler = lambda _: self.found.append("a comment")
        parser.ProcessingInstructionHandler = lambda *_: self.found.append("an instruction")
        parser.StartDoctypeDeclHandler = lambda *_: self.found.append("a document type")
        parser.XmlDeclHandler = lambda *_: self.found.append("a declaration")
        parser.Parse(data, True)

    def start(self, name, attributes):
        space, _, name = name.rpartition("|")
        if space not in ("", SVG) or name not in self.lists["elements"] or name.lower() in FORBIDDEN:
            self.found.append(f"element {space}|{name}")
        if name == "style":
            self.style = ""
        for attribute, value in attributes.items():
            self.attribute(name, attribute, value)
        self.depth += 1

    def end(self, _):
        self.depth -= 1
        if self.style is not None:
            self.sheet(self.style)
            self.style = None

    def text(self, text):
        if self.style is not None:
            self.style += text

    def attribute(self, element, attribute, value):
        space, _, local = attribute.rpartition("|")
        prefix = {"": "", XLINK: "xlink:", XML: "xml:"}.get(space)
        name = f"{prefix}{local}"
        known = name in self.lists["attributes"] or name in self.lists["properties"]
        if prefix is None or not known or local.lower().startswith("on"):
            self.found.append(f"attribute {attribute} of {element}")
        if local == "href":
            self.address(element, value)
        elif name == "style":
            self.declarations(value)
        elif name == "attributeName" and re.search(r"href|^on|style", value, re.I):
            self.found.append(f"moves {value}")
        elif name in self.lists["properties"] and name not in self.lists["attributes"] or name in ("values", "to", "from", "by"):
            self.value(value)

    def address(self, element, value):
        if element in ("image", "feImage") and not value.startswith("#"):
            kind, _, data = value.partition(";base64,")
            start = PIXELS.get(kind.removeprefix("data:image/"))
            if not kind.startswith("data:image/") or start is None or not base64.b64decode(data, validate=True).startswith(start):
                self.found.append(f"address {value[:60]} of {element}")
        elif element == "a" and re.match(r"(https?|mailto):", value, re.I):
            pass
        elif not value.startswith("#") or element not in self.lists["references"]:
            self.found.append(f"address {value[:60]} of {element}")

    def sheet(self, css):
        if re.search(r"/\*|\\|<!--|@(?!media |font-face\{|keyframes )", css):
            self.found.append(f"sheet {css[:60]}")
        fonts = re.compile(r"@font-face\{[^{}]*\}")
        for font in fonts.findall(css):
            for address in re.findall(r"url\(([^)]*)\)", font):
                if not re.fullmatch(r"data:(font/|application/(x-)?font-)[\w.+-]*;base64,[A-Za-z0-9+/=]*", address):
                    self.found.append(f"font {address[:60]}")
        for block in re.findall(r"\{([^{}]*)\}", fonts.sub("", css)):
            self.declarations(block)

    def declarations(self, css):
        for declaration in filter(None, css.split(";")):
            name, colon, value = declaration.partition(":")
            if not colon or not (name in self.lists["properties"] or name.startswith("--")):
                self.found.append(f"style {declaration[:60]}")
            self.value(value)

    def value(self, value):
        if re.search(r"\\|/\*|[{}@<]", value) or re.search(r"url\((?!#)", value, re.I):
            self.found.append(f"value {value[:60]}")
        for function in re.findall(r"([\w-]+)\(", re.sub(r"'[^']*'", "", value)):
            if function not in self.lists["functions"] and function not in OWN_FUNCTIONS:
                self.found.append(f"function {function}")


lists = json.loads(Path(sys.argv[1]).read_text(encoding="utf8"))
files = sorted(Path(sys.argv[2]).rglob("*.svg"))
wrong = 0
for file in files:
    drawing = Drawing(lists)
    drawing.read(file.read_bytes())
    for what in drawing.found:
        wrong += 1
        print(f"{file.name}: {what}", file=sys.stderr)
print(len(files))
sys.exit(1 if wrong else 0)
