"""What people write in and about complaints: lengths, and what a keyboard adds by accident. Pure."""

import re
import unicodedata
from typing import Annotated

from msgspec import Meta

LONGEST_TEXT = 4000
LONGEST_NAME = 120
LONGEST_CONTACT = 120

Written = Annotated[str, Meta(min_length=1, max_length=LONGEST_TEXT)]
PersonName = Annotated[str, Meta(min_length=1, max_length=LONGEST_NAME)]
Contact = Annotated[str, Meta(min_length=1, max_length=LONGEST_CONTACT)]


def tidy(text: str) -> str:
    """Return the text without control signs and blank edges, paragraphs kept, at most one empty line at a time."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    kept = "".join(sign for sign in plain if sign == "\n" or unicodedata.category(sign) not in {"Cc", "Cs", "Co"})
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.strip() for line in kept.split("\n"))).strip()


def one_line(text: str) -> str:
    """Return the text as one line."""
    return " ".join(tidy(text).split())
