"""Fills in the fields of a handout, as a reader's program does, and prints what it wrote.

    fill.py FROM TO plain|packed|encrypted

Every text field gets another text and every second box is ticked; `packed` saves objects in packed streams. Prints one
JSON object of names and values.
"""

import json
import sys

import pikepdf
from pikepdf import Name, ObjectStreamMode, String

source, target, how = sys.argv[1:]
written = {}
with pikepdf.open(source) as pdf:
    for number, field in enumerate(pdf.Root.AcroForm.Fields):
        name = str(field.T)
        if field.FT == Name.Btn:
            # The states of a box are those that it has looks for.
            [ticked] = [state for state in field.AP.N.keys() if state != "/Off"]
            written[name] = number % 2 == 0
            field.V = field.AS = Name(ticked) if written[name] else Name.Off
        else:
            written[name] = f"{number} × 8 – “ok”, =1+1\nżółw"
            field.V = String(written[name])
    packed = ObjectStreamMode.generate if how == "packed" else ObjectStreamMode.disable
    encryption = pikepdf.Encryption(owner="o", user="u") if how == "encrypted" else False
    pdf.save(target, object_stream_mode=packed, encryption=encryption)
print(json.dumps(written))
