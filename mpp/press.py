"""PDF by typst: tagged, so that it can be read aloud; one at a time, for it takes a processor.

The PDF follows PDF/UA: headings, tables and language are tagged. Fonts are typst's own, within the program; nothing is
loaded from anywhere.
"""

import threading
from importlib.resources import files
from typing import Literal

import msgspec
from msgspec import Struct

PROOF: Literal["ua-1"] = "ua-1"
"""PDF for universal access. Source: ISO 14289-1."""

_PRESS = threading.Lock()


def setting(package: str, template: str, sheet: Struct) -> bytes:
    """Set a sheet of words by a template of a package; takes a moment, so not on the event loop."""
    import typst  # thirty megabytes that only reports need

    text = files(package).joinpath(template).read_bytes()
    words = {"sheet": msgspec.json.encode(sheet).decode()}
    with _PRESS:
        pdf: bytes = typst.compile(text, sys_inputs=words, ignore_system_fonts=True, pdf_standards=[PROOF])
    return pdf
